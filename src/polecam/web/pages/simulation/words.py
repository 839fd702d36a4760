"""What a simulation says, as ready sentences: the period, the facts to check, the ways to play."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import FactKind
from polecam.insights.simulation import Simulation
from polecam.insights.simulation_gaming import BORDER_DAYS, Temptation
from polecam.insights.simulation_outcome import PoolPreview, Seller, Spending
from polecam.insights.simulation_period import Period
from polecam.kit.money import WHOLE_BP, half_up
from polecam.web.ui import format as fmt

ROMAN = ("I", "II", "III", "IV")
ONE = WHOLE_BP


@dataclass(frozen=True, slots=True)
class Tick:
    """One fact to check before publishing: a mark, what is so, and a little more."""

    icon: str
    strong: str = ""
    text: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way a plan could be played: what tempts, whom and how much, and what would tempt less."""

    title: str
    text: str
    instead: str


def period(found: Period) -> str:
    """`wrzesień`, `III kwartał 2026`, `2026 rok`, `lipiec–październik`."""
    if found.year:
        return _("the year %(year)s") % {"year": found.year}
    if found.quarter:
        roman = ROMAN[found.quarter - 1]
        return _("quarter %(roman)s of %(year)s") % {"roman": roman, "year": found.first[:4]}
    first, last = fmt.month(found.first), fmt.month(found.last)
    return first if first == last else f"{first}–{last}"


def whole(count_bp: int) -> int:
    """How many wholes, from parts in basis points of one."""
    return half_up(count_bp, ONE)


def counted(counts: dict[str, int]) -> str:
    """`88 zgód, 58 spotkań i 23 sprzedaże`: the same facts on both sides."""
    consents, meetings, sales = (
        whole(counts.get(kind, 0)) for kind in (FactKind.CONSENT, FactKind.MEETING, FactKind.SALE)
    )
    said = [
        ngettext("%(n)s consent", "%(n)s consents", consents) % {"n": fmt.number(consents)},
        ngettext("%(n)s meeting", "%(n)s meetings", meetings) % {"n": fmt.number(meetings)},
        ngettext("%(n)s sale", "%(n)s sales", sales) % {"n": fmt.number(sales)},
    ]
    return fmt.listed(said)


def changed(found: Simulation) -> str:
    """`prośby 120%, spotkania ze zgód 110%`; nothing where everything is as it was."""
    what = found.what_if
    pairs = [
        (_("asks %(percent)s"), what.asks),
        (_("consents from asks %(percent)s"), what.consents),
        (_("meetings from consents %(percent)s"), what.meetings),
        (_("sales from meetings %(percent)s"), what.sales),
    ]
    return ", ".join(said % {"percent": f"{n}%"} for said, n in pairs if n != 100)


def against(found: Simulation) -> str:
    """`+14%` of the cost before; nothing where there was none."""
    before = found.outcome.before
    if not before:
        return ""
    bp = half_up(found.outcome.difference * 100, before) * 100
    return f"+{fmt.percent(bp)}" if bp > 0 else fmt.percent(bp)


def per_sale(found: Simulation) -> str:
    """What one sale costs in bonuses, and cost then; nothing where there was none."""
    before, after = found.before_per_sale, found.after_per_sale
    if after is None:
        return ""
    if before is None:
        return _("One sale would cost %(after)s in bonuses.") % {"after": fmt.zl(after)}
    said = _("One sale would cost %(after)s in bonuses; then it cost %(before)s.")
    return said % {"after": fmt.zl(after), "before": fmt.zl(before)}


# --- facts to check -------------------------------------------------------------------------------


def ticks(found: Simulation) -> list[Tick]:
    """What whoever publishes should know, the most important first."""
    said = [_who_loses(found), *(_budget(one) for one in found.spending)]
    if found.pool is not None:
        said.append(_pool(found.pool))
    if found.what_if.as_it_was:  # another course brings sales of its own: no sum to pay back
        said.append(_pays_back(found))
    return [*said, _assumed(found)]


def name(found: Simulation, seller: Seller) -> str:
    """First name, or the whole one where two people share it."""
    people = found.people or {}
    person = people[seller.person_id]
    same = sum(one.first_name == person.first_name for one in people.values())
    return person.full_name if same > 1 else person.first_name


def _who_loses(found: Simulation) -> Tick:
    sums = found.outcome
    if sums.losing:
        worst = sums.losing[0]
        strong = ngettext(
            "%(n)s person would get less.", "%(n)s people would get less.", len(sums.losing)
        ) % {"n": len(sums.losing)}
        most = {"name": name(found, worst), "amount": fmt.zl(-worst.gain)}
        return Tick(
            "triangle-alert", strong, _("The most %(name)s: %(amount)s less.") % most, "honey"
        )
    least = sums.smallest_gain
    if least is None:
        return Tick("circle-check", _("Nobody's amount changes."))
    text = _("The smallest gain is that of %(name)s: %(amount)s.") % {
        "name": name(found, least),
        "amount": fmt.zl(least.gain),
    }
    if same := len(sums.sellers) - len(sums.gaining):
        kept = ngettext(
            "%(n)s person's amount stays the same.", "%(n)s people's amounts stay the same.", same
        )
        text = f"{text} {kept % {'n': fmt.number(same)}}"
    return Tick("circle-check", _("Nobody loses."), text)


def _budget(one: Spending) -> Tick:
    sums = {
        "n": one.position,
        "left": fmt.zl(one.left),
        "granted": fmt.zl(one.granted),
    }
    if one.runs_out:
        return Tick(
            "triangle-alert",
            _("The budget of rule %(n)s is used up.") % sums,
            _("All %(granted)s; whatever comes later gets nothing from it.") % sums,
            "honey",
        )
    return Tick(
        "circle-check",
        _("Rule %(n)s stays within its budget.") % sums,
        _("%(left)s of %(granted)s is left.") % sums,
    )


def _pool(pool: PoolPreview) -> Tick:
    if pool.flows_grosze:
        amount = fmt.zl(half_up(pool.flows_grosze, 100) * 100)
        said = _("About %(amount)s would flow into the branch pool.") % {"amount": amount}
        return Tick("circle-check", said)
    return Tick(
        "info",
        _("Nothing would flow into the branch pool."),
        _("Bonuses and time would cost as much as these clients won otherwise."),
    )


def _pays_back(found: Simulation) -> Tick:
    back = found.pay_back
    if found.outcome.difference <= 0:
        return Tick("circle-check", _("It costs no more than before."))
    if back is None:
        text = _("There was no sale to tell what one costs.")
        if found.cost_of_client is None:
            text = _("What winning a client otherwise costs has not been entered yet.")
        return Tick("info", _("When it pays back cannot be said."), text)
    costs = {"by": fmt.zl(back.by_referral_grosze), "cost": fmt.zl(back.otherwise_grosze)}
    if back.sales is None:
        return Tick(
            "triangle-alert",
            _("More sales would not pay it back."),
            _("By referral a client would cost %(by)s, otherwise %(cost)s.") % costs,
            "honey",
        )
    strong = ngettext(
        "It pays back with %(n)s sale more,", "It pays back with %(n)s sales more,", back.sales
    ) % {"n": fmt.number(back.sales)}
    return Tick("circle-check", strong, _("against %(cost)s for a client won otherwise.") % costs)


def _assumed(found: Simulation) -> Tick:
    if found.what_if.as_it_was:
        return Tick("info", text=_("We do not assume that people will begin to ask more often."))
    return Tick(
        "info",
        text=_("Counted as if it had gone otherwise: %(changed)s of what was.")
        % {"changed": changed(found)},
    )


def team_sees(found: Simulation, today: date) -> str:
    """How long before its start the team sees the version."""
    version = found.version
    starts = fmt.as_day(version.valid_from)
    if version.published_at is not None:
        return _("In force since %(day)s.") % {"day": fmt.day(starts)} if starts <= today else ""
    ahead = (starts - today).days
    if ahead <= 0:
        return _("Its first day is over. Choose a later one, so that the team sees it in time.")
    return _(
        "Published today, the team sees the change %(days)s before it starts and can ask questions."
    ) % {"days": fmt.days(ahead)}


# --- ways to play ---------------------------------------------------------------------------------


def ways(found: Simulation) -> list[Way]:
    """Each way a seller would gain by writing the same sales down otherwise."""
    said = []
    if one := found.gaming.splitting:
        title = _("One sale could be written as two.")
        instead = _("A percentage of margin without a minimum pays the same for both.")
        said.append(Way(title, _splitting(one), instead))
    if one := found.gaming.bunching:
        title = _("Sales could wait for the turn of the month.")
        instead = _("Bands that pay only for what lies in them, and no cap, tempt less.")
        said.append(Way(title, _bunching(one), instead))
    if one := found.gaming.near_edge:
        title = _("Some months ended just below an edge.")
        instead = _("The smaller the step at an edge, the less a few zlotys decide.")
        said.append(Way(title, _near(one), instead))
    return said


def _splitting(one: Temptation) -> str:
    return ngettext(
        "%(n)s person would have gained by it, up to %(most)s (%(rules)s).",
        "%(n)s people would have gained by it, one up to %(most)s (%(rules)s).",
        one.sellers,
    ) % _figures(one)


def _bunching(one: Temptation) -> str:
    days = {"days": fmt.days(BORDER_DAYS)}
    said = ngettext(
        "%(n)s person would have gained by moving the last or the first %(days)s across the "
        "border, up to %(most)s (%(rules)s).",
        "%(n)s people would have gained by moving the last or the first %(days)s across the "
        "border, one up to %(most)s (%(rules)s).",
        one.sellers,
    )
    return said % (_figures(one) | days)


def _near(one: Temptation) -> str:
    return ngettext(
        "%(n)s person was within 5%% of it; reaching it would have brought up to %(most)s "
        "(%(rules)s).",
        "%(n)s people were within 5%% of it; reaching it would have brought one up to %(most)s "
        "(%(rules)s).",
        one.sellers,
    ) % _figures(one)


def _figures(one: Temptation) -> dict[str, str]:
    return {
        "n": fmt.number(one.sellers),
        "most": fmt.zl(one.most_grosze),
        "rules": rules(one.positions),
    }


def rules(positions: Sequence[int] | Iterable[int]) -> str:
    """`reguła 2`, `reguły 2 i 3`."""
    numbers = [str(position) for position in positions]
    return ngettext("rule %(list)s", "rules %(list)s", len(numbers)) % {"list": fmt.listed(numbers)}
