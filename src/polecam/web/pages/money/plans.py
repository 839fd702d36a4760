"""A plan version as rules in plain sentences, and the same rules computed once by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from polecam.bonuses.models import Base, PlanVersion, Shape
from polecam.bonuses.planning import queries as plan_queries
from polecam.bonuses.planning.draft import DraftBand, DraftComponent, DraftVersion
from polecam.bonuses.rules import Row as Step
from polecam.bonuses.rules import tier, whole_of
from polecam.kit.money import WHOLE_BP, allocate
from polecam.organisation.tree import line
from polecam.people.models import Person
from polecam.people.permissions import standing
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns as nouns
from polecam.web.ui import plan_sentences as sentences
from polecam.web.ui import plan_terms as terms
from polecam.web.ui.parts import Row

EXAMPLE_BASE = 436_033
"""4 360,33 zł: an amount that shows the rounding."""
EXAMPLE_SHARES = {1: 7_000, 2: 3_000}
MOST_STEPS = 12
"""So many rows has the table of an example at most."""


@dataclass(frozen=True, slots=True)
class Table:
    """A rule with bands, computed: one row for each step of the month."""

    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it is read: its sentence, its terms, and the sum done once."""

    sentence: str
    details: list[str]
    title: str
    trace: list[Row] = field(default_factory=list)
    table: Table | None = None


def readable(person: Person) -> QuerySet[PlanVersion]:
    """Published versions anybody here can read: the firm's, and those of the person's places and of
    what is above them."""
    ours, who = Q(plan__branch=None), standing(person)
    for place in who.roles:
        for ids in line(place, who.on):
            ours |= Q(plan__branch__in=ids)
    return PlanVersion.objects.filter(ours, published_at__isnull=False).select_related(
        "plan__branch"
    )


def rules(draft: DraftVersion) -> list[Rule]:
    """Every sentence that pays, in its order, with the sum of an example."""
    return [
        Rule(
            sentence=sentences.main(one, one.bands),
            details=sentences.details(one),
            title=str(nouns.NAMES[one.fact_kind]),
            trace=_trace(one),
            table=_table(one) if one.shape != Shape.FLAT and one.bands else None,
        )
        for one in draft.components
    ]


def read(version: PlanVersion) -> tuple[list[Rule], list[str]]:
    """The rules of a version, and the terms that hold for all of them."""
    draft = plan_queries.draft_of(version)
    return rules(draft), terms.sentences(draft)


def _trace(one: DraftComponent) -> list[Row]:
    """A percentage computed once, with its rounding, its least amount and two shares."""
    if one.shape != Shape.FLAT or not one.rate_bp:
        return []
    rated = whole_of(EXAMPLE_BASE, 0, one.rate_bp)
    whole = max(rated, one.floor_grosze)
    first, second = allocate(whole, EXAMPLE_SHARES).values()
    base = _("Branch margin on the sale") if one.base == Base.MARGIN else _("Value of the sale")
    rate = {"rate": fmt.percent(one.rate_bp)}
    rows = [
        Row(base, fmt.zl(EXAMPLE_BASE)),
        Row(_("× %(rate)s, rounded to the grosz, a half up") % rate, fmt.zl(rated)),
    ]
    if whole > rated:
        rows.append(Row(_("lifted to the least amount"), fmt.zl(whole)))
    rows.append(Row(_("shared 70 / 30"), f"{fmt.zl(first)} + {fmt.zl(second)}"))
    return [*rows, Row(_("Together, gross"), fmt.zl(whole), total=True)]


def _table(one: DraftComponent) -> Table:
    """What a month brings, step by step: whole facts of a count, round sums otherwise."""
    if one.base == Base.COUNT:
        heads = (_("in the month"), _("this one brings"), _("together"))
        return Table(heads, list(_counted(one)))
    head = _("sold in the month") if one.base == Base.VALUE else _("margin in the month")
    return Table((head, _("together")), list(_summed(one)))


def _counted(one: DraftComponent) -> Iterator[tuple[str, ...]]:
    borders = [band.lower for band in one.bands]
    last = min(MOST_STEPS, max(borders) // WHOLE_BP + 3)
    before = 0
    for n in range(1, last + 1):
        after = brings(one, n * WHOLE_BP)
        yield str(n), fmt.zl(after - before), fmt.zl(after)
        before = after


def _summed(one: DraftComponent) -> Iterator[tuple[str, ...]]:
    """In the middle of each band, and a little above the last border."""
    for band in list(one.bands)[:MOST_STEPS]:
        upper = band.upper if band.upper is not None else band.lower * 2 or 1_000_000
        middle = (band.lower + upper) // 2
        yield fmt.zl(middle), fmt.zl(brings(one, middle))


def brings(one: DraftComponent, units: int) -> int:
    """What `units` of a month bring by the bands and the cap of one component, in grosze."""
    found = tier(steps(one.bands), units, whole=one.shape == Shape.WHOLE)
    return min(found, one.cap_grosze) if one.cap_grosze else found


def steps(bands: tuple[DraftBand, ...]) -> list[Step]:
    """Bands as the arithmetic takes them."""
    return [Step(band.lower, band.upper, band.amount_grosze or band.rate_bp) for band in bands]
