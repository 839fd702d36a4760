"""Plans, facts and histories at random, written into the database and into the reference."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from polecam.actions import bonus_steps
from polecam.bonuses import engine, proration
from polecam.bonuses.models import Band, Component, CreditedFact, Line, Plan, PlanVersion
from polecam.people.models import Engagement
from polecam.store.fields import new_public_id
from polecam.store.tx import action
from tests.bonuses.reference import Fact, Pay

MONTHS = ("2026-09", "2026-10")
KINDS = ("consent", "meeting", "sale", "retained", "complaint")
START = {month: datetime(2026, int(month[5:]), 1, 6, tzinfo=UTC) for month in MONTHS}
WINDOW = (START["2026-09"] + timedelta(minutes=20), START["2026-10"] + timedelta(minutes=30))
ONE = 10_000


@st.composite
def bands(draw, *, count: bool) -> tuple:
    """A table from 0 on, without a gap, its last row open."""
    step = ONE // 2 if count else 70_001
    cuts = sorted(draw(st.sets(st.integers(1, 9), max_size=3)))
    edges = [0, *(cut * step for cut in cuts), None]
    weight = st.integers(0, 9_999) if count else st.integers(0, 2_500)
    return tuple((start, end, draw(weight)) for start, end in pairwise(edges))


@st.composite
def components(draw, *, budgets: bool) -> dict:
    """A component's columns, and its bands."""
    kind = draw(st.sampled_from(KINDS[:4]))
    base = draw(st.sampled_from(("count", "value", "margin") if kind == "sale" else ("count",)))
    shape = draw(st.sampled_from(("flat", "marginal", "whole", "accelerator")))
    made: dict = {"fact_kind": kind, "base": base, "shape": shape, "bands": ()}
    if shape == "flat" and base == "count":
        made["amount_grosze"] = draw(st.integers(1, 9_999))
    elif shape == "flat":
        made["rate_bp"] = draw(st.integers(1, 2_500))
    else:
        made["bands"] = draw(bands(count=base == "count"))
    if kind == "retained":
        made["months"] = draw(st.sampled_from((0, 3, 6)))
    if draw(st.booleans()):
        made["floor_grosze"] = draw(st.integers(0, 3_000)) if shape == "flat" else 0
    if draw(st.booleans()):
        made["cap_grosze"] = draw(st.integers(1, 30_000))
    if draw(st.integers(0, 2)) == 0:
        made["needs_kind"] = draw(st.sampled_from(KINDS))
        made["needs_least"] = draw(st.integers(0, 1))
        made["needs_most"] = draw(st.sampled_from((None, 1, 2)))
    if draw(st.integers(0, 3)) == 0:
        made["window_from"], made["window_until"] = WINDOW
    if budgets and draw(st.integers(0, 2)) == 0:
        made["budget_grosze"] = draw(st.integers(1, 20_000))
    return made


@dataclass(frozen=True)
class Happening:
    """Something confirmed: whose shares (by place in the cast), how much, when."""

    kind: str
    shares: tuple[tuple[int, int], ...]
    base: int
    value: int
    months: int
    month: str
    minute: int


@st.composite
def shares(draw) -> tuple[tuple[int, int], ...]:
    people = draw(st.permutations(range(3)))[: draw(st.integers(1, 3))]
    size = len(people) - 1
    cuts = st.lists(st.integers(1, 9_999), min_size=size, max_size=size, unique=True)
    borders = [0, *sorted(draw(cuts)), ONE]
    return tuple(
        (person, end - start)
        for person, start, end in zip(people, borders, borders[1:], strict=False)
    )


happenings = st.builds(
    Happening,
    st.sampled_from(KINDS),
    shares(),
    st.integers(0, 200_000),
    st.integers(0, 900_000),
    st.sampled_from((3, 6)),
    st.sampled_from(MONTHS),
    st.integers(0, 50),
)


def publish(drawn: list[dict], at: datetime) -> tuple[PlanVersion, tuple[Pay, ...]]:
    """The plan in the database, and for the reference."""
    plan = Plan.objects.create(name="Random", created_at=at)
    version = PlanVersion.objects.create(
        plan=plan, number=1, valid_from=at, hold_days=0, clawback_days=900
    )
    pays = []
    for position, columns in enumerate(drawn, start=1):
        own = {key: value for key, value in columns.items() if key != "bands"}
        row = Component.objects.create(version=version, position=position, **own)
        weight = "amount_grosze" if row.base == "count" else "rate_bp"
        for lower, upper, heavy in columns["bands"]:
            Band.objects.create(component=row, lower=lower, upper=upper, **{weight: heavy})
        pays.append(_pay(row, columns["bands"]))
    version.published_at = at
    version.save()
    return version, tuple(pays)


def _pay(row: Component, bands: tuple) -> Pay:
    return Pay(
        key=row.pk,
        kind=row.fact_kind,
        base=row.base,
        shape=row.shape,
        amount=row.amount_grosze,
        rate=row.rate_bp,
        floor=row.floor_grosze,
        cap=row.cap_grosze,
        needs=(row.needs_kind, row.needs_least, row.needs_most) if row.needs_kind else None,
        window=(row.window_from, row.window_until) if row.window_from else None,
        budget=row.budget_grosze,
        months=row.months,
        bands=bands,
    )


def write(source: str, one: Happening, people, branch, version) -> list[CreditedFact]:
    """The facts of one happening, sellers laid in the order of their ids."""
    offset, facts = 0, []
    confirmed_at = START[one.month] + timedelta(minutes=one.minute)
    sold = one.kind == "sale"
    for person, share in sorted((people[i].pk, bp) for i, bp in one.shares):
        facts.append(
            CreditedFact(
                kind=one.kind,
                source=source,
                referral=source,
                version=version,
                branch=branch,
                person_id=person,
                share_bp=share,
                share_offset_bp=offset,
                base_grosze=one.base if sold else 0,
                value_grosze=one.value if sold else 0,
                ordinal=one.months if one.kind == "retained" else 0,
                month=one.month,
                confirmed_at=confirmed_at,
                vests_at=confirmed_at,
            )
        )
        offset += share
    return CreditedFact.objects.bulk_create(facts)


def kept(pays: tuple[Pay, ...]) -> list[Fact]:
    """What counts now, for the reference."""
    rows = CreditedFact.objects.filter(reverses=None, reversal=None)
    return [
        Fact(
            row.pk,
            row.kind,
            row.source,
            row.person_id,
            row.share_bp,
            row.share_offset_bp,
            row.base_grosze,
            row.value_grosze,
            row.ordinal,
            row.month,
            row.confirmed_at,
            pays,
        )
        for row in rows
    ]


def record(happened: list[tuple[str, Happening]], people, branch, version, at, *, batches) -> None:
    """Facts in this order; after each whether the engine runs for all that wait."""
    waiting: list[int] = []
    for (source, one), run in zip(happened, batches, strict=True):
        waiting += [fact.pk for fact in write(source, one, people, branch, version)]
        if run:
            with action():
                engine.run(engine.of_facts(waiting), at=at)
            waiting = []
    with action():
        engine.run(engine.EVERYTHING, at=at)


def take_back(source: str, at: datetime) -> None:
    """As bonuses.void does it, whatever was paid."""
    with action():
        facts = CreditedFact.objects.filter(source=source, reverses=None, reversal=None)
        lines = Line.objects.filter(fact__in=facts).exclude(state="void")
        bonus_steps.take_back(
            facts.order_by("id"),
            list(lines.select_related("fact__version", "accrual").order_by("id")),
            at=at,
            by=None,
        )


def half_time(person, at: datetime) -> None:
    """Half of full time from the middle of the first month on."""
    Engagement.objects.create(
        person=person, kind="employment", full_time_bp=5_000, since=date(2026, 9, 16)
    )


def part_time(version: PlanVersion) -> dict[tuple[int, str], int]:
    """Person and month -> basis points, for the reference."""
    found = proration.factors([version.plan_id], MONTHS)
    return {(person, month): bp for (_plan, person, month), bp in found.items()}


def new_sources(drawn: list[Happening]) -> list[tuple[str, Happening]]:
    """Each with a name of its own."""
    return [(new_public_id(), one) for one in drawn]
