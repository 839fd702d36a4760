"""What a change of the catalogue does to today's lists: how many clients leave, join, move."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from polecam.asking import kinds, queries, rules
from polecam.asking.models import Moment
from polecam.insights.candidates import fresh
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings


@dataclass(frozen=True, slots=True)
class Effect:
    """Clients of the whole firm: off the lists, onto them, or at another place in them."""

    leave: int = 0
    join: int = 0
    move: int = 0

    @property
    def any(self) -> bool:
        """Whether anybody would notice."""
        return bool(self.leave or self.join or self.move)


def of_change(code: str, *, days: int | None, strength: int, used: bool, at: datetime) -> Effect:
    """What a good kind would do with these values; about four queries, nothing is written.

    Counts clients with a fresh moment who rest for no reason that their own row or an open wrong
    moment tells; the exact rules may leave out a few more.
    """
    known = kinds.read()
    kind = known[code]
    if not kind.good:
        return Effect()
    today = day_of(at, settings.zone())
    now = known.windows()
    later = {other: window for other, window in now.items() if other != code}
    if used and days:
        later[code] = rules.Window(kind.before, days)
    mine = _those(now, code), _those(later, code)
    open_ones = _askable(today, at)
    leave = _clients(open_ones, mine[0], without=later, today=today)
    join = _clients(open_ones, mine[1], without=now, today=today)
    moved = strength != kind.strength and used and kind.used
    both = _clients(open_ones, mine[1], without={}, today=today) - join if moved else 0
    return Effect(leave, join, both)


def _those(windows: dict[str, rules.Window], code: str) -> dict[str, rules.Window]:
    return {code: windows[code]} if code in windows else {}


def _askable(today: date, at: datetime) -> QuerySet[Moment]:
    limits = queries.limits(settings.values(*queries.LIMITS, at=at))
    zone = settings.zone()
    ahead = Q(until=None) | Q(until__gt=today)
    wrong = Moment.objects.filter(
        ahead, client=OuterRef("client"), wrong=True, closed_at=None, on__lte=today
    )
    rested = day_bounds(today - timedelta(days=limits.rest_days), zone)[1]
    return Moment.objects.filter(
        Q(rating=None) | Q(rating__gte=rules.LOWEST_GOOD_RATING),
        Q(client__resting_until=None) | Q(client__resting_until__lte=today),
        Q(client__last_asked_at=None) | Q(client__last_asked_at__lt=rested),
        ~Exists(wrong),
        closed_at=None,
        client__never_ask_at=None,
    )


def _clients(
    rows: QuerySet[Moment],
    windows: dict[str, rules.Window],
    *,
    without: dict[str, rules.Window],
    today: date,
) -> int:
    """Clients with a moment fresh by `windows` and none that is fresh by `without`."""
    if not windows:
        return 0
    found = rows.filter(fresh(windows, today))
    if without:
        still = rows.filter(fresh(without, today)).order_by().values("client_id")
        found = found.exclude(client_id__in=still)
    return found.values("client_id").distinct().count()
