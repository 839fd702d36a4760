"""Sentences of refusals: files, feeds and copies of what one may see."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "workbook_too_large": gettext_lazy(
        "The workbook is too large to be opened safely. Save it as CSV: a million rows are fine."
    ),
    "disk_full": gettext_lazy(
        "The server has no room left. Nothing was kept. Please tell whoever looks after it."
    ),
}
