"""What a team may know of itself: its common goal, praise, and good news by consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from polecam.asking.models import Ask, Outcome
from polecam.journal.models import Event
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.queries import team
from polecam.people.rules import may_be_named
from polecam.recognition.models import Clap, Praise
from polecam.recognition.queries import visible_to
from polecam.recognition.rules import may_tell
from polecam.referrals.models import Referral
from polecam.sales.models import Sale, SaleState

WEEK = timedelta(days=7)
NEWS_KEPT = timedelta(days=14)
FEWEST = 5
"""A total is told from five people on (compliance.md, conduct safeguards)."""
PRAISES = 5
NEWS = 8


@dataclass(frozen=True, slots=True)
class News:
    """Something good that happened to `person` (who agreed to be named): `first` referral whose
    friend said yes, or a `sale`. Never an amount, never a client."""

    kind: str
    person: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """A branch's team on one day. `asks` is None below five people; `notice` was announced then."""

    people: list[Person]
    asks: int | None
    goal: int
    praises: list[Praise]
    news: list[News]
    notice: date | None = None


def of_branch(person: Person, branch: int, at: datetime, zone: str) -> Team:
    """The team of `branch` as `person`, one of it, may see it."""
    values = settings.values("team_goal_asks", "monitoring_notice", at=at, branch=branch)
    people = list(team(branch))
    told = values["monitoring_notice"]
    notice = date.fromisoformat(told) if told else None
    return Team(
        people=people,
        asks=asks_of_week(branch, at) if len(people) >= FEWEST else None,
        goal=values["team_goal_asks"],
        praises=list(_praises(person, branch)),
        news=_news(people, branch, notice, at, zone),
        notice=notice,
    )


def asks_of_week(branch: int, at: datetime) -> int:
    """Asks made in the rolling seven days up to `at`, whatever was answered."""
    return week_of(branch, at).count()


def week_of(branch: int, at: datetime) -> QuerySet[Ask]:
    """The leaves of the rolling seven days: asks that were made and not taken back."""
    made = Ask.objects.filter(branch_id=branch, asked_at__gt=at - WEEK, asked_at__lte=at)
    return made.filter(undone_at=None).exclude(outcome=Outcome.NOT_ASKED)


def _praises(person: Person, branch: int) -> QuerySet[Praise]:
    own = Clap.objects.filter(praise=OuterRef("pk"), person=person)
    return (
        visible_to(person)
        .filter(branch_id=branch)
        .select_related("giver", "receiver")
        .annotate(claps=Count("clap"), mine=Exists(own))
        .order_by("-at", "-id")[:PRAISES]
    )


def _news(
    people: Iterable[Person], branch: int, notice: date | None, at: datetime, zone: str
) -> list[News]:
    """From the journal: only of those who agreed, acknowledged the notice, and from then on."""
    named = {p.pk: p for p in people if may_be_named(notice, p.notice_acknowledged_at, at, zone)}
    if not any(p.in_feed_since for p in named.values()):
        return []
    events = Event.objects.filter(
        kind__in=("referral.consented", "sale.confirmed"),
        branch_id=branch,
        at__gt=at - NEWS_KEPT,
        at__lte=at,
    ).order_by("-id")
    subjects = list(events.values_list("kind", "subject", "at")[:100])
    firsts = _first_consents(named, [s for kind, s, _at in subjects if kind.startswith("ref")])
    sellers = _sellers([s for kind, s, _at in subjects if kind.startswith("sale")])
    found = []
    for kind, subject, happened in subjects:
        owner = (firsts if kind == "referral.consented" else sellers).get(subject)
        person = named.get(owner or 0)
        if person and may_tell(person.in_feed_since, happened):
            told = "first" if kind == "referral.consented" else "sale"
            found.append(News(told, person, happened))
    return found[:NEWS]


def _first_consents(people: Iterable[int], subjects: list[str]) -> dict[str, int]:
    """Of these referrals, those that were the first of their originator to be agreed to."""
    begun = dict(
        Referral.objects.filter(originator__in=list(people), consented_at__isnull=False)
        .values_list("originator_id")
        .annotate(first=Min("consented_at"))
    )
    rows = Referral.objects.filter(public_id__in=subjects).values_list(
        "public_id", "originator_id", "consented_at"
    )
    return {ref: owner for ref, owner, since in rows if begun.get(owner) == since}


def _sellers(subjects: list[str]) -> dict[str, int]:
    """Who made these sales; a sale taken back is no news."""
    rows = Sale.objects.filter(public_id__in=subjects).exclude(state=SaleState.VOID)
    return dict(rows.values_list("public_id", "seller_id"))
