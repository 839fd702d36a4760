"""What a plan version pays, for guesses: rates of one version at one place of a seller's month.

The engine pays by facts; a guess asks what the next meeting or sale would bring. A flat component
says so itself; one with bands says what the band pays in which the seller stands now (the first
one, where nobody's month is looked at). A special action counts only inside its window. Conditions
of a month (`needs_kind`) are told beside the guess and change no rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import F, Sum

from polecam.bonuses.models import Band, Base, Component, CreditedFact, FactKind, Shape
from polecam.bonuses.rules import Row, tier
from polecam.kit.money import WHOLE_BP, share_of

Place = Mapping[tuple[str, str], int]
"""(kind of fact, base) -> what a seller has of it in the month so far, in units of the bands."""
NOWHERE: Place = {}


@dataclass(frozen=True)
class Rates:
    """What one plan version pays for each kind of fact: grosze, and basis points.

    `sale_bp` of the margin, `value_bp` of the sale's value, together at least `sale_floor_grosze`;
    `retained_grosze` and `retained_bp` (of the margin) once the sale is kept for the months wanted.
    """

    consent_grosze: int = 0
    meeting_grosze: int = 0
    sale_bp: int = 0
    sale_grosze: int = 0
    sale_floor_grosze: int = 0
    value_bp: int = 0
    retained_grosze: int = 0
    retained_bp: int = 0

    def sale_of(self, margin_grosze: int, value_grosze: int = 0) -> int:
        """What one whole sale brings on the day it is confirmed, in grosze."""
        rated = share_of(margin_grosze, self.sale_bp) + share_of(value_grosze, self.value_bp)
        return self.sale_grosze + max(rated, self.sale_floor_grosze)

    def retained_of(self, margin_grosze: int) -> int:
        """What one whole sale brings once it was kept, in grosze."""
        return self.retained_grosze + share_of(margin_grosze, self.retained_bp)


@dataclass(frozen=True, slots=True)
class Step:
    """A band: from `lower` until `upper` (None: no end) one pays `amount` grosze or `rate_bp`."""

    lower: int
    upper: int | None
    amount_grosze: int
    rate_bp: int


@dataclass(frozen=True, slots=True)
class Term:
    """A component as guesses need it; a flat one is a single band from zero."""

    kind: str
    base: str
    shape: str
    steps: tuple[Step, ...]
    floor_grosze: int = 0
    cap_grosze: int = 0
    needs_kind: str = ""
    needs_least: int = 0
    needs_most: int | None = None
    window_from: datetime | None = None
    window_until: datetime | None = None
    budget_grosze: int = 0
    vests_after: str = ""
    months: int = 0
    hold_days: int = 0

    @property
    def by_month(self) -> bool:
        """Whether it counts a seller's month together, and not each fact by itself."""
        if self.shape != Shape.FLAT or self.cap_grosze or self.needs_kind or self.budget_grosze:
            return True
        return self.window_from is not None or self.window_until is not None

    def holds(self, at: datetime | None) -> bool:
        """Whether it pays for what is confirmed at `at`; without a moment no window is open."""
        if self.window_from is None and self.window_until is None:
            return True
        if at is None:
            return False
        begun = self.window_from is None or self.window_from <= at
        return begun and (self.window_until is None or at < self.window_until)

    def step(self, measure: int) -> Step:
        """The band in which the next one falls when there is `measure` already."""
        found = self.steps[0]
        for step in self.steps:
            if step.lower <= measure:
                found = step
        return found

    def paid(self, measure: int) -> int:
        """What a month with `measure` of it pays (grosze), after the cap: tier(total)."""
        rows = [Row(s.lower, s.upper, s.amount_grosze or s.rate_bp) for s in self.steps]
        earned = tier(rows, measure, whole=self.shape == Shape.WHOLE)
        return min(earned, self.cap_grosze) if self.cap_grosze else earned


@lru_cache(maxsize=256)
def terms(version_id: int) -> tuple[Term, ...]:
    """The components of a published version. Cached in the process: it never changes."""
    return _terms(version_id)


def terms_of(component: Component) -> Term:
    """One component as a term; reads its bands."""
    rows = component.band_set.order_by("lower") if component.shape != Shape.FLAT else ()
    return _term(component, [_step(row) for row in rows])


def _terms(version_id: int) -> tuple[Term, ...]:
    rules = Component.objects.filter(version=version_id).select_related("version")
    components = list(rules.order_by("position"))
    bands: dict[int, list[Step]] = {part.pk: [] for part in components}
    if any(part.shape != Shape.FLAT for part in components):
        rows = Band.objects.filter(component__in=list(bands)).order_by("component", "lower")
        for row in rows:
            bands[row.component_id].append(_step(row))
    return tuple(_term(part, bands[part.pk]) for part in components)


def _step(row: Band) -> Step:
    return Step(row.lower, row.upper, row.amount_grosze, row.rate_bp)


def _term(part: Component, bands: list[Step]) -> Term:
    return Term(
        kind=part.fact_kind,
        base=part.base,
        shape=part.shape,
        steps=tuple(bands) or (Step(0, None, part.amount_grosze, part.rate_bp),),
        floor_grosze=part.floor_grosze,
        cap_grosze=part.cap_grosze,
        needs_kind=part.needs_kind,
        needs_least=part.needs_least,
        needs_most=part.needs_most,
        window_from=part.window_from,
        window_until=part.window_until,
        budget_grosze=part.budget_grosze,
        vests_after=part.vests_after,
        months=part.months,
        hold_days=part.version.hold_days if part.hold_days is None else part.hold_days,
    )


@lru_cache(maxsize=256)
def rates(version_id: int) -> Rates:
    """What a published version pays for the first one of a month, special actions left out."""
    return summed(_terms(version_id))


def rates_at(version_id: int, *, at: datetime, place: Place = NOWHERE) -> Rates:
    """What a published version pays at `at` for the next one of a seller who stands at `place`."""
    return summed(terms(version_id), at=at, place=place)


def summed(found: tuple[Term, ...], *, at: datetime | None = None, place: Place = NOWHERE) -> Rates:
    """The rates of components together."""
    sums = dict.fromkeys(Rates.__dataclass_fields__, 0)
    for term in found:
        if not term.holds(at):
            continue
        measure = place.get((term.kind, term.base), 0)
        if term.cap_grosze and term.paid(measure) >= term.cap_grosze:
            continue
        step = term.step(measure)
        if term.kind in (FactKind.CONSENT, FactKind.MEETING, FactKind.SALE, FactKind.RETAINED):
            sums[f"{term.kind}_grosze"] += step.amount_grosze
        if term.kind == FactKind.SALE:
            sums["value_bp" if term.base == Base.VALUE else "sale_bp"] += step.rate_bp
            sums["sale_floor_grosze"] += term.floor_grosze
        if term.kind == FactKind.RETAINED and term.base == Base.MARGIN:
            sums["retained_bp"] += step.rate_bp
    return Rates(**sums)


def has_steps(version_id: int) -> bool:
    """Whether what the next one pays depends on what the month has already."""
    return any(term.cap_grosze or len(term.steps) > 1 for term in terms(version_id))


def place_of(person_id: int, month: str) -> Place:
    """What a seller has in a month `YYYY-MM` so far, by kind and base: their own parts."""
    rows = (
        CreditedFact.objects.filter(person=person_id, month=month, reverses=None, reversal=None)
        .values("kind")
        .annotate(
            count=Sum("share_bp"),
            margin=Sum(F("base_grosze") * F("share_bp")),
            value=Sum(F("value_grosze") * F("share_bp")),
        )
        .order_by("kind")
    )
    place: dict[tuple[str, str], int] = {}
    for row in rows:
        place[row["kind"], Base.COUNT.value] = int(row["count"])
        place[row["kind"], Base.MARGIN.value] = int(row["margin"]) // WHOLE_BP
        place[row["kind"], Base.VALUE.value] = int(row["value"]) // WHOLE_BP
    return place
