"""Where a line stands in its month: the part of the bands it fell in, and what came before it.

Components with bands, a cap or a condition pay for a seller's whole month, so a line explains
itself by its place: the facts of the same cell before it, in the engine's order.
"""

from dataclasses import dataclass, replace

from django.db.models import F, QuerySet, Sum

from polecam.bonuses.models import Base, CreditedFact, Line, LineState, Shape
from polecam.bonuses.proration import factor_of
from polecam.bonuses.rates import Step, Term, terms_of
from polecam.kit.money import WHOLE_BP, part_of, share_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line's own measure that lies in one band."""

    step: Step
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact within its cell as it is now. `before`, `after`, `total` in units of the bands;
    `factor_bp`: part of full time and of the month, which moved borders and cap (in `term`);
    `needed`: whole facts of the condition's kind in the month, None without a condition."""

    term: Term
    before: int
    after: int
    total: int
    pieces: tuple[Piece, ...]
    factor_bp: int = WHOLE_BP
    needed: int | None = None

    @property
    def own(self) -> int:
        """The fact's own measure."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Sums:
    """All lines of one fact and component: what it earns now, and what of it came before a line."""

    now: int
    before: int


def standing(line: Line) -> Standing | None:
    """None for a line whose component pays each fact by itself."""
    term = terms_of(line.component)
    if not term.by_month:
        return None
    factor = factor_of(line.person_id, line.fact.version.plan_id, line.fact.month)
    term = scaled(term, factor)
    facts = list(cell(line).order_by("confirmed_at", "source", "id"))
    before = total = 0
    for fact in facts:
        if fact.pk == line.fact_id:
            before = total
        total += measure(fact, term.base)
    after = before + measure(line.fact, term.base)
    total = max(total, after)
    return Standing(
        term=term,
        before=before,
        after=after,
        total=total,
        pieces=pieces(term, before, after, total),
        factor_bp=factor,
        needed=_needed(line, term),
    )


def scaled(term: Term, factor_bp: int) -> Term:
    """Borders and cap for part of full time, as they are told; the engine keeps them exact."""
    if factor_bp == WHOLE_BP:
        return term
    steps = tuple(
        replace(
            step,
            lower=share_of(step.lower, factor_bp),
            upper=None if step.upper is None else share_of(step.upper, factor_bp),
        )
        for step in term.steps
    )
    return replace(term, steps=steps, cap_grosze=share_of(term.cap_grosze, factor_bp))


def cell(line: Line) -> QuerySet[CreditedFact]:
    """The kept facts that the component counts together with the line's own."""
    fact, part = line.fact, line.component
    found = CreditedFact.objects.filter(
        person=line.person_id, month=fact.month, kind=fact.kind, version=part.version_id
    )
    if part.window_from:
        found = found.filter(confirmed_at__gte=part.window_from)
    if part.window_until:
        found = found.filter(confirmed_at__lt=part.window_until)
    return found.filter(reverses=None, reversal=None)


def measure(fact: CreditedFact, base: str) -> int:
    """The seller's own part of a fact: basis points of one, or grosze."""
    if base == Base.COUNT:
        return fact.share_bp
    whole = fact.value_grosze if base == Base.VALUE else fact.base_grosze
    return part_of(whole, fact.share_offset_bp, fact.share_bp)


def pieces(term: Term, before: int, after: int, total: int) -> tuple[Piece, ...]:
    """The bands that a measure from `before` to `after` lies in; of whole ones, that reached."""
    if term.shape == Shape.WHOLE:
        return (Piece(term.step(max(total, after)), after - before),)
    found = []
    for step in term.steps:
        end = after if step.upper is None else min(after, step.upper)
        size = end - max(before, step.lower)
        if size > 0:
            found.append(Piece(step, size))
    return tuple(found)


def sums(line: Line) -> Sums:
    """The line among the others of its fact and component."""
    rows = Line.objects.filter(fact=line.fact_id, component=line.component_id).exclude(
        state=LineState.VOID
    )
    found = rows.values_list("revision", "amount_grosze")
    return Sums(
        now=sum(amount for _revision, amount in found),
        before=sum(amount for revision, amount in found if revision < line.revision),
    )


def _needed(line: Line, term: Term) -> int | None:
    if not term.needs_kind:
        return None
    rows = CreditedFact.objects.filter(
        person=line.person_id, month=line.fact.month, kind=term.needs_kind
    ).filter(reverses=None, reversal=None)
    return (rows.aggregate(parts=Sum(F("share_bp")))["parts"] or 0) // WHOLE_BP
