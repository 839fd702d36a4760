"""Refusals around asking: the budget of clients, the courage meter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "objection_stands": gettext_lazy(
        "An objection under the law stands here, and no note changes it. If they wish otherwise, "
        "they tell the data protection officer."
    ),
    "unknown_guess": gettext_lazy("Choose one of the five answers, or “not now”."),
}
