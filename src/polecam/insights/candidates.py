"""Fresh moments of clients whom a person may ask: the narrowing of Today, done by the database."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Exists, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from polecam.asking import rules
from polecam.asking.models import Moment, Skip
from polecam.bonuses import queries as bonuses
from polecam.clients.models import Client
from polecam.insights import estimate
from polecam.kit.periods import day_bounds
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.privacy.models import Suppression


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


def moments(ground: Ground) -> QuerySet[Moment]:
    """Fresh moments of clients the person may ask, best first; narrowed in the database.

    Wrong moments are left to the rules: they are rare, and looking for one beside every fresh
    moment of a branch cost more than all the rest.
    """
    today = ground.today
    reach = max(after for _, after in rules.FRESH_DAYS.values())
    fresh = Moment.objects.filter(
        _askable(ground),
        _fresh(today),
        Q(rating=None) | Q(rating__gte=rules.LOWEST_GOOD_RATING),
        closed_at=None,
        on__gt=today - timedelta(days=reach),
        on__lte=today + timedelta(days=1),
    )
    skipped = Skip.objects.filter(seller=ground.person, until__gt=today).values("client_id")
    return (
        fresh.exclude(client_id__in=skipped)
        .exclude(_objected())
        .select_related("client__party")
        .annotate(worth=_worth(ground.chances))
        .order_by("-worth", "-on", "id")
    )


def _askable(ground: Ground) -> Q:
    """Own or shared clients who do not rest for a reason the client's own row tells.

    Two lists of ids, each read by its index, instead of one OR that looks at the client of every
    fresh moment of the firm: a fifth of the time on SQLite.
    """
    rested = day_bounds(ground.today - timedelta(days=ground.limits.rest_days), ground.zone)[1]
    ready = Client.objects.filter(
        Q(resting_until=None) | Q(resting_until__lte=ground.today),
        Q(last_asked_at=None) | Q(last_asked_at__lt=rested),
        branch_id__in=standing(ground.person).branches(Permission.ASK),
        never_ask_at=None,
    ).values("pk")
    own, shared = ready.filter(owner=ground.person), ready.filter(shared=True)
    return Q(client_id__in=own) | Q(client_id__in=shared)


def _fresh(today: date) -> Q:
    """Kinds grouped by their window: one condition for each length."""
    windows: dict[tuple[int, int], list[str]] = defaultdict(list)
    for kind, window in rules.FRESH_DAYS.items():
        windows[window].append(kind)
    fresh = Q()
    for (before, after), kinds in windows.items():
        fresh |= Q(
            kind__in=kinds,
            on__gt=today - timedelta(days=max(after, 1)),
            on__lte=today + timedelta(days=before),
        )
    return fresh


def _objected() -> Exists:
    """An objection on file under the client's own number or address."""
    party = "client__party__"
    return Exists(
        Suppression.objects.filter(
            Q(kind="phone", index=OuterRef(f"{party}phone_index"))
            | Q(kind="email", index=OuterRef(f"{party}email_index"))
        ).exclude(index="")
    )


def _worth(chances: estimate.Chances) -> CombinedExpression:
    """P(yes) n: all that differs between clients in the expected value of an ask."""
    cases = [When(kind=kind, then=Value(chances.yes_at(kind).mean)) for kind in rules.FRESH_DAYS]
    more = Case(
        When(client__introduced_by__isnull=False, then=Value(estimate.REFERRED_CLIENT)),
        default=Value(1.0),
        output_field=FloatField(),
    )
    return Case(*cases, default=Value(0.0), output_field=FloatField()) * more
