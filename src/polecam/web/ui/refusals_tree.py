"""Sentences of refusals: the tree of regions, branches and teams."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "level_misplaced": gettext_lazy(
        "A team hangs below a branch, a branch below a region, a region below the firm itself."
    ),
}
