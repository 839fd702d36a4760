"""Which clients' dates a rule meets on some days. The queries are lists of days, not of clients."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from polecam.asking.models import DateRule
from polecam.clients.models import Client

CATCH_UP_DAYS = 7
"""A night that was missed is made up for within a week."""


def days_up_to(today: date) -> list[date]:
    """The days a nightly run looks at, the oldest first."""
    return [today - timedelta(days=n) for n in range(CATCH_UP_DAYS - 1, -1, -1)]


def met_by(rule: DateRule, days: list[date]) -> QuerySet[Client]:
    """Clients, not erased and not "never ask", whose date makes the rule's moment on these days."""
    field, offset = rule.counts_from, timedelta(days=rule.offset_days)
    wanted = Q(pk__in=[])
    for day in days:
        for counted in _counted(day - offset, yearly=rule.yearly):
            if rule.yearly:
                wanted |= Q(
                    **{
                        f"{field}__month": counted.month,
                        f"{field}__day": counted.day,
                        f"{field}__lt": day - offset,
                    }
                )
            else:
                wanted |= Q(**{field: counted})
    rows = Client.objects.filter(wanted, never_ask_at=None, party__erased_at=None)
    return rows.filter(branch_id=rule.branch_id) if rule.branch_id else rows


def _counted(day: date, *, yearly: bool) -> Iterator[date]:
    """The date itself; on 28 February of a common year also the 29th of a leap one."""
    yield day
    if yearly and (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
        yield date(2000, 2, 29)


def day_for(rule: DateRule, client: Client, days: list[date]) -> date | None:
    """On which of these days the rule's moment comes for this client; the last of them."""
    own: date | None = getattr(client, rule.counts_from)
    if own is None:
        return None
    offset = timedelta(days=rule.offset_days)
    for day in reversed(days):
        base = day - offset
        if not rule.yearly and own == base:
            return day
        same = any((own.month, own.day) == (c.month, c.day) for c in _counted(base, yearly=True))
        if rule.yearly and same and own < base:
            return day
    return None


MONTH_AHEAD = 30


def reach(rule: DateRule, today: date) -> int:
    """How many clients the rule meets in the thirty days from `today` on."""
    ahead = [today + timedelta(days=n) for n in range(MONTH_AHEAD)]
    return met_by(rule, ahead).count()
