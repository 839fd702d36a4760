"""Reads of asks, moments and words. An ask's answer is returned to its asker alone."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from polecam.asking import rules
from polecam.asking.models import Ask, FollowUp, IfThenPlan, Moment, Outcome, Script, WordsChoice
from polecam.clients.models import Client
from polecam.clients.queries import Listed
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.parties import groups
from polecam.people.models import Person
from polecam.privacy.models import Suppression, SuppressionKind

WEEK = timedelta(days=7)
"""The week is a rolling one: no branch is cut down on Monday."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def visible_to(person: Person) -> QuerySet[Ask]:
    """Asks whose answer the person may read: their own, without those taken back."""
    return Ask.objects.filter(seller=person, undone_at=None)


def find(person: Person, public_id: str) -> Ask:
    """One own ask with its client. Raises Ask.DoesNotExist for anyone else's."""
    return visible_to(person).select_related("client__party").get(public_id=public_id)


def asked_in_last_week(person: Person, at: datetime) -> int:
    """Leaves on the person's branch: asks of the rolling seven days up to `at`, whatever came."""
    return (
        visible_to(person)
        .filter(asked_at__gt=at - WEEK, asked_at__lte=at)
        .exclude(outcome=Outcome.NOT_ASKED)
        .count()
    )


def follow_ups_due(person: Person, today: date) -> QuerySet[FollowUp]:
    """The person's open follow-ups whose date, named by the client, has come."""
    return (
        FollowUp.objects.filter(
            ask__seller=person, ask__undone_at=None, done_at=None, due_on__lte=today
        )
        .annotate(
            objected=objected("ask__client__party"), joined=groups.joined("ask__client__party")
        )
        .select_related("ask__client__party")
        .order_by("due_on", "id")
    )


def objected(party: str) -> Exists:
    """Whether an objection is on file under the number or address of the party at that path."""
    return Exists(
        Suppression.objects.filter(
            Q(kind=SuppressionKind.PHONE, index=OuterRef(f"{party}__phone_index"))
            | Q(kind=SuppressionKind.EMAIL, index=OuterRef(f"{party}__email_index"))
        ).exclude(index="")
    )


def open_follow_up(
    person: Person, client: Client, *, for_reference: bool = False
) -> FollowUp | None:
    """The follow-up this client named to this seller for this kind of ask, if one is open."""
    return (
        FollowUp.objects.filter(
            ask__seller=person,
            ask__client=client,
            ask__for_reference=for_reference,
            ask__undone_at=None,
            done_at=None,
        )
        .order_by("-due_on")
        .first()
    )


def limits(values: dict[str, int]) -> rules.Limits:
    """The ask budget from setting values (keys of LIMITS)."""
    return rules.Limits(
        rest_days=values["ask_rest_days"],
        refusals_rest_days=values["refusals_rest_days"],
        recovery_days=values["recovery_days"],
    )


LIMITS = ("ask_rest_days", "refusals_rest_days", "recovery_days")


def limits_at(at: datetime, branch_id: int) -> rules.Limits:
    """The ask budget of a branch."""
    return limits(settings.values(*LIMITS, at=at, branch=branch_id))


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask, as the rules and its own seller need it."""

    client: int
    seller: int
    at: datetime
    outcome: str


def asked(clients: Iterable[int], *, person: Person | None = None, since: datetime) -> list[Asked]:
    """Asks of these clients by anyone, and (with `person`) the person's own since `since`.

    For the rules only: what colleagues heard is never shown.
    """
    wanted = Q(client_id__in=list(clients))
    if person is not None:
        wanted |= Q(seller=person, asked_at__gt=since)
    rows = Ask.objects.filter(wanted, undone_at=None).order_by("asked_at")
    return [
        Asked(*row) for row in rows.values_list("client_id", "seller_id", "asked_at", "outcome")
    ]


def standings(
    clients: Iterable[Client | Listed],
    *,
    zone: str,
    asks: Sequence[Asked] | None = None,
    objections: Container[int] = frozenset(),
) -> dict[int, rules.Standing]:
    """What the rules must know of each client (by id), from all sellers.

    For the rules only: nothing of it is ever shown. `asks`: those of `asked`, if already read;
    `objections`: ids of clients with an objection on file (see `objected`).
    """
    known = {client.pk: client for client in clients}
    rows = asked(known, since=LONG_AGO) if asks is None else asks
    past: dict[int, list[rules.PastAsk]] = defaultdict(list)
    for row in rows:
        past[row.client].append(rules.PastAsk(day_of(row.at, zone), row.outcome))
    wrong: dict[int, list[rules.WrongMoment]] = defaultdict(list)
    for moment in Moment.objects.filter(client_id__in=known, wrong=True):
        wrong[moment.client_id].append(
            rules.WrongMoment(moment.kind, moment.on, ended_on(moment, zone))
        )
    return {
        pk: rules.Standing(
            never_ask=client.never_ask_at is not None,
            objection=pk in objections,
            resting_until=client.resting_until,
            asks=tuple(past[pk]),
            wrong=tuple(wrong[pk]),
        )
        for pk, client in known.items()
    }


def ended_on(moment: Moment, zone: str) -> date | None:
    """The day on which a wrong moment ends: closed, or its own end, whichever is first."""
    ends = [moment.until] if moment.until else []
    if moment.closed_at:
        ends.append(day_of(moment.closed_at, zone))
    return min(ends) if ends else None


def scripts_for(person: Person, language: str, kinds: Iterable[str]) -> QuerySet[Script]:
    """Words in use for kinds of moment ("" = for any): the person's own first, then the house's.

    Each row tells whether the person wants no random order (`no_chance`, see takes_part), and
    brings along the person's own plan for its kind of moment (see plans.beside).
    """
    refused = WordsChoice.objects.filter(seller=person, fair_test=False)
    plan = IfThenPlan.objects.filter(
        seller=person, ended_at=None, moment_kind=OuterRef("moment_kind")
    )
    return (
        Script.objects.filter(
            Q(seller=person) | Q(seller=None),
            language=language,
            moment_kind__in={*kinds, ""},
            retired_at=None,
        )
        .annotate(
            no_chance=Exists(refused),
            plan_id=Subquery(plan.values("public_id")[:1]),
            plan_sealed=Subquery(plan.values("then_sealed")[:1]),
        )
        .order_by(F("seller_id").asc(nulls_last=True), "moment_kind", "code", "-version", "id")
    )


def takes_part(scripts: Iterable[Script], on: bool) -> bool:
    """Whether equals come by chance: the firm's setting is `on`, and the person did not opt out."""
    return on and not any(script.no_chance for script in scripts)  # type: ignore[attr-defined]
