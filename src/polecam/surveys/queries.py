"""Reads of surveys and of the pulse. An answer is read by nobody: only sums of many are."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, standing
from polecam.store import crypto
from polecam.surveys.models import Pulse, PulseAlert, SuggestionPause, Survey, SurveyRound

ASK_HASH = 15
"""Hex digits of the keyed hash under which an ask is known to its pulse."""
PULSE_WINDOW = timedelta(days=365)
"""Answers older than this say nothing about today."""


# --- surveys --------------------------------------------------------------------------------------


def open_survey(client: Client, *, at: datetime) -> Survey | None:
    """The survey whose link still waits for this client's answer."""
    rows = Survey.objects.filter(client=client, expires_at__gt=at, score=None, withdrawn_at=None)
    return rows.order_by("-made_at", "-id").first()


def surveyed_since(client: Client, since: datetime) -> bool:
    """Whether the client was asked about satisfaction after `since`."""
    return Survey.objects.filter(client=client, made_at__gt=since).exists()


def visible_to(person: Person) -> QuerySet[Survey]:
    """Links that the person may show: of clients they may ask. Nothing of an answer is shown."""
    selling = standing(person).branches(Permission.SEND_SURVEY)
    rows = Survey.objects.filter(branch_id__in=selling, client__party__erased_at=None)
    return rows.filter(Q(client__owner=person) | Q(client__shared=True))


def rounds_of(person: Person) -> QuerySet[SurveyRound]:
    """Rounds of the branches whose sums the person reads, newest first."""
    branches = standing(person).branches(Permission.SURVEY_BRANCH)
    rows = SurveyRound.objects.filter(branch_id__in=branches).select_related("branch", "begun_by")
    return rows.annotate(asked=Count("survey")).order_by("-begun_at", "-id")


# --- the pulse ------------------------------------------------------------------------------------


def ask_hash(ask: str) -> str:
    """How a pulse knows the ask of this public id: by a keyed hash."""
    return crypto.keyed("pulse-ask", ask)[:ASK_HASH]


def drawn(ask: str) -> str:
    """The digest that decides whether the ask of this public id is sampled: never its answer."""
    return crypto.keyed("pulse-sample", ask)


def open_pulse(client: Client, at: datetime) -> Pulse | None:
    """The question "did you feel free to refuse?" that waits for this client, for their card."""
    rows = Pulse.objects.filter(client=client, expires_at__gt=at, answered_at=None)
    return rows.order_by("-made_at", "-id").first()


def answered(
    branch_id: int, seller_id: int | None, *, since: datetime, before: datetime
) -> tuple[int, int]:
    """(answers, of these not free) of a branch, or of one seller's asks there, in [since, before).

    Both are starts of days: answers know no more.
    """
    rows = Pulse.objects.filter(
        branch_id=branch_id, answered_at__gte=since, answered_at__lt=before, free__isnull=False
    )
    if seller_id is not None:
        rows = rows.filter(seller_id=seller_id)
    found = rows.aggregate(answers=Count("pk"), not_free=Count("pk", filter=Q(free=False)))
    return found["answers"], found["not_free"]


def raised_in(branch_id: int) -> list[tuple[int | None, datetime]]:
    """(seller or None, when) of the last alert about each in a branch."""
    rows = PulseAlert.objects.filter(branch_id=branch_id).values_list("seller_id")
    return list(rows.annotate(last=Max("raised_at")).order_by())


def alerts_for(person: Person) -> QuerySet[PulseAlert]:
    """Alerts of the branches this person leads; of those an admin keeps, only about who leads one.

    Never one about oneself.
    """
    here = standing(person)
    leads = Membership.objects.filter(
        branch_id=OuterRef("branch_id"),
        person_id=OuterRef("seller_id"),
        role=Role.MANAGER,
        until=None,
    )
    led = Q(branch_id__in=here.branches(Permission.LOOK_AT_PULSE))
    kept = Q(Exists(leads), branch_id__in=here.branches(Permission.LOOK_AT_BOSS))
    rows = PulseAlert.objects.filter(led | kept).exclude(seller=person)
    return rows.select_related("branch", "seller", "looked_by").order_by("-raised_at", "-id")


def open_alerts(person: Person) -> int:
    """How many of them wait for a decision."""
    return alerts_for(person).filter(decision="").count()


def with_pause(branches: QuerySet[Branch], person: Person, at: datetime) -> QuerySet[Branch]:
    """Branches that know whether a pause holds for the person (`paused`), without a query more."""
    return branches.annotate(paused=Exists(_pauses(person, at)))


def _pauses(person: Person, at: datetime) -> QuerySet[SuggestionPause]:
    return SuggestionPause.objects.filter(seller=person, since__lte=at, until__gt=at, ended_at=None)


def pause_of(person: Person, at: datetime) -> SuggestionPause | None:
    """The pause of suggestions that holds for a seller at `at`, with its reason."""
    rows = _pauses(person, at).select_related("alert", "decided_by")
    return rows.order_by("-until").first()


def pause_after(alert: PulseAlert) -> SuggestionPause | None:
    """The pause that was decided on after an alert, whether it still holds or not."""
    return SuggestionPause.objects.filter(alert=alert).order_by("-since").first()
