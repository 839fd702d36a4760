"""The rows of a simulation as ready strings: sellers, months, rules, and the sums behind them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import Base, FactKind
from polecam.insights.simulation import Part, Simulation
from polecam.insights.simulation_outcome import Seller
from polecam.insights.simulation_plan import bands_of
from polecam.web.pages.simulation import words
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns, plan_sentences
from polecam.web.ui.drawings import share
from polecam.web.ui.parts import Row

FIT = 0.96
"""The longest line stays a little inside its frame, so that no dot is cut."""


@dataclass(frozen=True, slots=True)
class Gain:
    """One seller on the chart and in the table; `x_*`: places in percent, as SVG writes them."""

    name: str
    before: str
    after: str
    gain: str
    x_before: str
    x_after: str
    less: bool


def gains(found: Simulation, name: Callable[[Simulation, Seller], str]) -> list[Gain]:
    """Sellers, the best paid by the new version first."""
    sellers = found.outcome.sellers
    top = max((max(one.before, one.after) for one in sellers), default=0)

    def place(grosze: int) -> str:
        return f"{share(max(0, grosze) * FIT, top)}%"

    return [
        Gain(
            name(found, one),
            fmt.zl(one.before),
            fmt.zl(one.after),
            fmt.zl(one.gain, plus=True),
            place(one.before),
            place(one.after),
            one.gain < 0,
        )
        for one in sellers
    ]


def full_name(found: Simulation, seller: Seller) -> str:
    """How a seller is called in a table."""
    return (found.people or {})[seller.person_id].full_name


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month, before and after; `wide_*`: of the widest, in percent."""

    month: str
    before: str
    after: str
    difference: str
    wide_before: float
    wide_after: float


def months(found: Simulation) -> list[MonthRow]:
    """The months of the period in which something was credited, or would have been."""
    top = max((max(one.before, one.after) for one in found.months), default=0)
    return [
        MonthRow(
            fmt.month(one.month),
            fmt.zl(one.before),
            fmt.zl(one.after),
            fmt.zl(one.after - one.before, plus=True),
            share(one.before, top),
            share(one.after, top),
        )
        for one in found.months
        if one.before or one.after
    ]


# --- where it comes from --------------------------------------------------------------------------


def trace_after(found: Simulation) -> list[Row]:
    """The new cost, rule by rule."""
    rows = [
        Row(f"{part.component.position}. {_said(part)}", fmt.zl(part.grosze), _measured(part))
        for part in found.parts
    ]
    return [*rows, Row(_("Together, gross"), fmt.zl(found.outcome.after), total=True)]


def _said(part: Part) -> str:
    return plan_sentences.main(part.component, bands_of(part.component))


def _measured(part: Part) -> str:
    component = part.component
    name = plan_nouns.NAMES[component.fact_kind]
    if not part.measure:
        return _("Nothing of this kind was recorded in the period, so it counts nothing.")
    if component.base == Base.COUNT:
        return f"{name}: {fmt.number(words.whole(part.measure))}"
    return f"{name}: {fmt.zl(part.measure)}"


def trace_before(found: Simulation) -> list[Row]:
    """What was really credited, month by month."""
    rows = [Row(fmt.month(one.month), fmt.zl(one.before)) for one in found.months]
    return [*rows, Row(_("Together, gross"), fmt.zl(found.outcome.before), total=True)]


def trace_sale(found: Simulation) -> list[Row]:
    """Cost of one sale before and after."""
    sums, rows = found.outcome, []
    before = (found.counts or {}).get(FactKind.SALE, 0)
    after = (found.counts_after or {}).get(FactKind.SALE, 0)
    for label, cost, sales, each in (
        (_("Then"), sums.before, before, found.before_per_sale),
        (_("By this version"), sums.after, after, found.after_per_sale),
    ):
        if each is not None:
            n = words.whole(sales)
            note = ngettext(
                "%(cost)s divided by %(n)s sale", "%(cost)s divided by %(n)s sales", n
            ) % {"cost": fmt.zl(cost), "n": fmt.number(n)}
            rows.append(Row(label, fmt.zl(each), note))
    return rows


def trace_back(found: Simulation) -> list[Row]:
    """When it pays back: the difference divided by what one more sale saves."""
    back = found.pay_back
    if back is None or not back.sales or not found.what_if.as_it_was:
        return []
    return [
        Row(_("A client won otherwise"), fmt.zl(back.otherwise_grosze), _("your own figure")),
        Row(_("A client by referral, by this version"), fmt.zl(-back.by_referral_grosze)),
        Row(_("One more sale saves"), fmt.zl(back.saves_grosze)),
        Row(_("The version costs more by"), fmt.zl(found.outcome.difference)),
        Row(_("So many more sales pay it back, rounded up"), fmt.number(back.sales), total=True),
    ]


def trace_pool(found: Simulation) -> list[Row]:
    """What would flow into the pool: a part of what these sales saved."""
    pool = found.pool
    if pool is None:
        return []
    n = words.whole(pool.sales_bp)
    return [
        Row(
            ngettext(
                "%(n)s client, had they come otherwise", "%(n)s clients, had they come otherwise", n
            )
            % {"n": fmt.number(n)},
            fmt.zl(pool.otherwise_grosze),
        ),
        Row(
            _("All bonuses of the period"),
            fmt.zl(-pool.bonuses_grosze),
            _("also of referrals without a sale, so it would rather be more than less"),
        ),
        Row(_("The sellers' time for these sales"), fmt.zl(-pool.time_grosze)),
        Row(_("Stays in the branch"), fmt.zl(pool.saving.saved)),
        Row(
            _("%(rate)s of it, for the pool") % {"rate": fmt.percent(pool.pool_bp)},
            fmt.zl(pool.flows_grosze),
            total=True,
        ),
    ]
