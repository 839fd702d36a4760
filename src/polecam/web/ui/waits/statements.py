"""A published statement: its seller may look at it and ask, until the month is closed."""

from datetime import datetime

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.bonuses.models import Statement, StatementState
from polecam.people.models import Person
from polecam.web.ui import format as fmt
from polecam.web.ui.waits import Wait

KEY, SECONDS = "statements-to-look-at", 60


def waits(person: Person, at: datetime) -> list[Wait]:
    """One for each statement that is not closed yet; no hurry is made."""
    if not _any():
        return []
    rows = Statement.objects.filter(
        person=person, state=StatementState.PUBLISHED, published_at__lte=at
    )
    return [_wait(row) for row in rows.select_related("payroll_month").order_by("published_at")]


def _any() -> bool:
    """Whether any statement waits to be looked at, which is so for a few days of a month; asked of
    the database once a minute."""
    known: bool | None = cache.get(KEY)
    if known is None:
        known = Statement.objects.filter(state=StatementState.PUBLISHED).exists()
        cache.set(KEY, known, SECONDS)
    return known


def _wait(row: Statement) -> Wait:
    month = row.payroll_month.month
    return Wait(
        title=_("Your statement for %(month)s is there") % {"month": fmt.month(month)},
        sub=_("have a look, ask if something does not add up"),
        url=reverse("statements:one", args=[month]),
        icon="file-text",
        tone="leaf",
    )
