"""Fresh moments of clients whom a person may ask: the narrowing of Today, done by the database."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, FloatField, Q, Value, When
from django.db.models.expressions import CombinedExpression

from polecam.asking import queries as asking
from polecam.asking import rules
from polecam.asking.kinds import Kinds
from polecam.asking.models import Moment, Skip
from polecam.bonuses import queries as bonuses
from polecam.clients.models import Client
from polecam.insights import estimate
from polecam.kit.periods import day_bounds
from polecam.parties import groups
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing


@dataclass(frozen=True, slots=True)
class Ground:
    """What stays the same for all of a person's suggestions."""

    person: Person
    at: datetime
    zone: str
    today: date
    limits: rules.Limits
    chances: estimate.Chances
    rates: bonuses.Rates
    value: float
    kinds: Kinds


def moments(ground: Ground, start: int, stop: int) -> list[Moment]:
    """Fresh moments of clients the person may ask, from the `start`-th best to the `stop`-th.

    One statement: the inner one ranks narrow rows, the outer one fetches those few with their
    clients, and marks whose phone or address is on file as objected, and who stands in the table
    under several records. Wrong moments are left to
    the rules: they are rare, and looking for one beside every fresh moment cost more than all
    the rest.
    """
    today = ground.today
    windows = ground.kinds.windows()
    reach = max((window.after for window in windows.values()), default=0)
    skipped = Skip.objects.filter(seller=ground.person, until__gt=today).values("client_id")
    best = (
        Moment.objects.filter(
            _askable(ground),
            fresh(windows, today),
            Q(rating=None) | Q(rating__gte=rules.LOWEST_GOOD_RATING),
            closed_at=None,
            on__gt=today - timedelta(days=reach),
            on__lte=today + timedelta(days=max((w.before for w in windows.values()), default=0)),
        )
        .exclude(client_id__in=skipped)
        .order_by(_worth(ground).desc(), "-on", "id")
        .values("pk")[start:stop]
    )
    fetched = Moment.objects.filter(pk__in=best).select_related("client__party")
    return list(
        fetched.annotate(
            objected=asking.objected("client__party"), joined=groups.joined("client__party")
        )
    )


def _askable(ground: Ground) -> Q:
    """Own or shared clients who do not rest for a reason the client's own row tells.

    Whose they are is two lists of ids, each read from its index alone, instead of one OR that
    looks at the client of every fresh moment of the firm; the rows themselves are looked at last.
    """
    rested = day_bounds(ground.today - timedelta(days=ground.limits.rest_days), ground.zone)[1]
    branches = standing(ground.person).branches(Permission.ASK)
    own = Client.objects.filter(owner=ground.person).values("pk")
    shared = Client.objects.filter(shared=True, branch_id__in=branches).values("pk")
    return (
        (Q(client_id__in=own) | Q(client_id__in=shared))
        & Q(client__branch_id__in=branches, client__never_ask_at=None)
        & (Q(client__resting_until=None) | Q(client__resting_until__lte=ground.today))
        & (Q(client__last_asked_at=None) | Q(client__last_asked_at__lt=rested))
    )


def fresh(windows: Mapping[str, rules.Window], today: date) -> Q:
    """Kinds grouped by their window: one condition for each length. No window: no moment."""
    kinds: dict[rules.Window, list[str]] = defaultdict(list)
    for kind, window in windows.items():
        kinds[window].append(kind)
    wanted = Q(pk__in=[])
    for window, some in kinds.items():
        wanted |= Q(
            kind__in=some,
            on__gt=today - timedelta(days=max(window.after, 1)),
            on__lte=today + timedelta(days=window.before),
        )
    return wanted


def _worth(ground: Ground) -> CombinedExpression:
    """P(yes) n: all that differs between clients in the expected value of an ask."""
    kinds: dict[float, list[str]] = defaultdict(list)
    for kind in ground.kinds.good():
        kinds[ground.chances.priority(kind.code, kind.strength)].append(kind.code)
    yes = Case(
        *(When(kind__in=some, then=Value(mean)) for mean, some in kinds.items()),
        default=Value(0.0),
        output_field=FloatField(),
    )
    more = Case(
        When(client__introduced_by__isnull=False, then=Value(estimate.REFERRED_CLIENT)),
        default=Value(1.0),
        output_field=FloatField(),
    )
    return yes * more
