"""What a team may know of itself: its common goal, praise, and good news by consent."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from polecam.asking.models import Ask, Outcome
from polecam.insights import joint
from polecam.insights.blocks import blocks
from polecam.journal.models import Event
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.tree import tree
from polecam.people.models import Person
from polecam.people.queries import selling, team
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
    friend said yes, a `sale`, or a `joint` one with `partners` (who all agreed, too). Never an
    amount, never a client."""

    kind: str
    person: Person
    at: datetime
    partners: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A branch's team on one day. `asks` and `joint` (sales made together in ninety days) are None
    below five people; `notice` was announced then."""

    people: list[Person]
    asks: int | None
    goal: int
    praises: list[Praise]
    news: list[News]
    notice: date | None = None
    joint: int | None = None


def of_branch(person: Person, branch: int, at: datetime, zone: str) -> Team:
    """The team of `branch`, with the teams below it, as `person`, one of it, may see it."""
    values = settings.values("team_goal_asks", "monitoring_notice", at=at, branch=branch)
    people = list(team(branch))
    told = values["monitoring_notice"]
    notice = date.fromisoformat(told) if told else None
    inside, shown = places(branch, at)
    return Team(
        people=people,
        asks=week_of(shown, at).count() if shown else None,
        goal=values["team_goal_asks"],
        praises=list(_praises(person, inside)),
        news=_news(people, inside, notice, at, zone),
        notice=notice,
        joint=joint.of_places(shown, at) if shown else None,
    )


def places(branch: int, at: datetime) -> tuple[list[int], list[int]]:
    """(ids of the branch and its teams, those of them whose asks may be told together now): blocks
    of five people who ask there, so that no difference of two teams tells about fewer."""
    today = day_of(at, settings.zone())
    whole = tree(today)
    inside = [branch, *whole.below([branch])]
    asking: dict[int, set[int]] = {}
    for place, one in selling(inside).values_list("branch_id", "person_id"):
        asking.setdefault(place, set()).add(one)

    def enough(some: frozenset[int], _month: str) -> bool:
        found: set[int] = set()
        return len(found.union(*(asking.get(one, ()) for one in some))) >= FEWEST

    found, _left = blocks(whole, branch, "", enough)
    return inside, [one for some in found for one in some]


def week_of(inside: Iterable[int], at: datetime) -> QuerySet[Ask]:
    """The leaves of the rolling seven days in these places: asks made and not taken back."""
    made = Ask.objects.filter(branch_id__in=inside, asked_at__gt=at - WEEK, asked_at__lte=at)
    return made.filter(undone_at=None).exclude(outcome=Outcome.NOT_ASKED)


def _praises(person: Person, inside: list[int]) -> QuerySet[Praise]:
    own = Clap.objects.filter(praise=OuterRef("pk"), person=person)
    return (
        visible_to(person)
        .filter(branch_id__in=inside)
        .select_related("giver", "receiver")
        .annotate(claps=Count("clap"), mine=Exists(own))
        .order_by("-at", "-id")[:PRAISES]
    )


def _news(
    people: Iterable[Person], inside: list[int], notice: date | None, at: datetime, zone: str
) -> list[News]:
    """From the journal: only of those who agreed, acknowledged the notice, and from then on."""
    named = {p.pk: p for p in people if may_be_named(notice, p.notice_acknowledged_at, at, zone)}
    if not any(p.in_feed_since for p in named.values()):
        return []
    events = Event.objects.filter(
        kind__in=("referral.consented", "sale.confirmed"),
        branch_id__in=inside,
        at__gt=at - NEWS_KEPT,
        at__lte=at,
    ).order_by("-id")
    subjects = list(events.values_list("kind", "subject", "at")[:100])
    firsts = _first_consents(named, [s for kind, s, _at in subjects if kind.startswith("ref")])
    sellers = _sellers([s for kind, s, _at in subjects if kind.startswith("sale")])
    found = []
    for kind, subject, happened in subjects:
        telling = {
            pk: person for pk, person in named.items() if may_tell(person.in_feed_since, happened)
        }
        if kind == "referral.consented":
            told, who = "first", [firsts.get(subject, 0)]
        else:
            told, who = _told_sale(sellers.get(subject), telling)
        if who and who[0] in telling:
            first, *rest = (telling[pk] for pk in who)
            found.append(News(told, first, happened, tuple(rest)))
    return found[:NEWS]


def _told_sale(
    sale: tuple[int, list[int]] | None, telling: Container[int]
) -> tuple[str, list[int]]:
    """A joint sale names everyone who shares it, if each of them agreed; else its seller alone."""
    if sale is None:
        return "sale", []
    seller, sharers = sale
    if sharers and all(person in telling for person in sharers):
        return "joint", sharers
    return "sale", [seller]


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


def _sellers(subjects: list[str]) -> dict[str, tuple[int, list[int]]]:
    """Who made these sales, and who shares them if several do; one taken back is no news."""
    sales = Sale.objects.filter(public_id__in=subjects).exclude(state=SaleState.VOID)
    rows = list(sales.values_list("public_id", "seller_id", "referral_id")) if subjects else []
    shared = joint.people_of([referral for _ref, _seller, referral in rows])
    return {ref: (seller, shared.get(referral, [])) for ref, seller, referral in rows}
