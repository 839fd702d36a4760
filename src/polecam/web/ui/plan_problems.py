"""What is wrong with a plan, or wants a second look, in words that say what to do.

`told(problem, component)`: `component` gives the measure in which borders are told; without it
they are told as counts.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import Base
from polecam.bonuses.planning.draft import DraftComponent, Problem
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_band_problems as bands
from polecam.web.ui import plan_nouns as nouns

Figures = Mapping[str, int | str]
Words = Callable[[Figures], str]


def told(problem: Problem, component: DraftComponent | None = None) -> str:
    """One problem in the active language."""
    if problem.code in bands.WORDS:
        base = component.base if component else str(problem.figures.get("base", Base.COUNT))
        shape = component.shape if component else "marginal"
        return fmt.tie(bands.WORDS[problem.code](problem.figures, base, shape))
    return fmt.tie(WORDS[problem.code](problem.figures))


def _number(figures: Figures, name: str) -> int:
    return int(figures.get(name, 0))


def _zl(figures: Figures, name: str) -> str:
    return fmt.zl(_number(figures, name))


def _kind(figures: Figures) -> str:
    return str(nouns.NAMES[str(figures.get("kind"))])


def _short_notice(figures: Figures) -> str:
    days = _number(figures, "days")
    if not days:
        return _("The team sees it only on the day it begins. Two weeks' notice is fair.")
    return ngettext(
        "The team sees it only %(n)s day before it begins. Two weeks' notice is fair.",
        "The team sees it only %(n)s days before it begins. Two weeks' notice is fair.",
        days,
    ) % {"n": days}


def _rate_absurd(figures: Figures) -> str:
    return _("%(rate)s is more than the whole. Write a percentage from 0 to 100.") % {
        "rate": fmt.percent(_number(figures, "rate_bp"))
    }


def _rate_high(figures: Figures) -> str:
    rate = {"rate": fmt.percent(_number(figures, "rate_bp"))}
    if figures.get("base") == Base.VALUE:
        return _("%(rate)s of the value is a lot. Is it meant so, or is a comma missing?") % rate
    return _("%(rate)s of the margin is a lot. Is it meant so, or is a comma missing?") % rate


def _condition_holds_back(figures: Figures) -> str:
    return _(
        "Whoever has %(counted)s already loses by one more. A condition like this holds people "
        "back from good work."
    ) % {"counted": nouns.counted(str(figures.get("kind")), _number(figures, "most"))}


def _condition_cliff(figures: Figures) -> str:
    return _(
        "All or nothing: short of %(counted)s the whole month's amount of this rule is lost. "
        "Towards the end of a month this tempts to hurry."
    ) % {"counted": nouns.counted(str(figures.get("kind")), _number(figures, "least"))}


def _below_one(sentence: Callable[[], str], bound: str) -> Words:
    return lambda figures: (
        sentence()
        % {
            "bound": _zl(figures, bound),
            "one": _zl(figures, "one_grosze"),
        }
    )


WORDS: dict[str, Words] = {
    "starts_in_past": lambda f: _("This day is over. A version starts today or later."),
    "starts_taken": lambda f: _("Another version starts on that day. Choose a different one."),
    "short_notice": _short_notice,
    "hold_absurd": lambda f: _("Write a number from 0 to %(most)s.") % {"most": f.get("most")},
    "clawback_absurd": lambda f: _("Write a number from 0 to %(most)s.") % {"most": f.get("most")},
    "clawback_within_hold": lambda f: (
        _(
            "An amount could be asked back only for %(clawback)s, but it is not paid before "
            "%(hold)s. So it would never be asked back."
        )
        % {
            "clawback": fmt.days(_number(f, "clawback")),
            "hold": fmt.days(_number(f, "hold")),
        }
    ),
    "choice_unknown": lambda f: _("Choose one of the possibilities shown."),
    "regulated_quality": lambda f: _(
        "A regulated firm needs a quality criterion: tick that a complaint stops the amounts."
    ),
    "regulated_hold": lambda f: _("In a regulated firm amounts wait at least one day."),
    "regulated_clawback": lambda f: _(
        "A regulated firm needs days in which a paid amount may be asked back, at least one."
    ),
    "amount_negative": lambda f: _("Write 0 or more: a plan pays, it never takes."),
    "amount_absurd": lambda f: (
        _("That is too much to be meant: at most %(most)s.") % {"most": _zl(f, "most")}
    ),
    "guarantee_without_amount": lambda f: _(
        "Write the guaranteed amount, or leave the months empty."
    ),
    "draw_below_guarantee": lambda f: _(
        "The guarantee already fills a month up to this amount, so the advance never comes."
    ),
    "rate_absurd": _rate_absurd,
    "plan_empty": lambda f: _("A plan needs at least one rule. Add one from the list."),
    "budgets_together": lambda f: (
        _("All actions together may spend %(sum)s.") % {"sum": _zl(f, "grosze")}
    ),
    "paid_twice": lambda f: _("Another rule pays for the same. Both add up."),
    "retained_never": lambda f: _(
        "Nothing says after how many months a client counts as one who stays. Add such a rule, or "
        "choose something else here."
    ),
    "kind_not_paid": lambda f: _("This never earns money."),
    "base_not_measured": lambda f: (
        _("%(kind)s has no value or margin. Choose a fixed amount.") % {"kind": _kind(f)}
    ),
    "months_missing": lambda f: (
        _("Write how many months, from 1 to %(most)s.") % {"most": f.get("most")}
    ),
    "months_without_retained": lambda f: _("Months belong to a client who stays only."),
    "amount_and_rate": lambda f: _("Write an amount or a percentage, not both."),
    "pays_nothing": lambda f: _("Write what it pays: above 0."),
    "rate_of_a_count": lambda f: _("A count is paid by an amount, not by a percentage."),
    "amount_for_a_sum": lambda f: _("A value or margin is paid by a percentage, not by an amount."),
    "rate_high": _rate_high,
    "amount_beside_bands": lambda f: _("The table says what is paid. Leave this empty."),
    "floor_without_rate": lambda f: _("Only a percentage has a least amount. Leave this empty."),
    "cap_below_one": _below_one(
        lambda: _("The most for a month, %(bound)s, is less than one fact pays: %(one)s."),
        "cap_grosze",
    ),
    "budget_below_one": _below_one(
        lambda: _("A budget of %(bound)s does not hold even one: %(one)s. Write more."),
        "budget_grosze",
    ),
    "accelerator_without_cap": lambda f: _(
        "There is no upper end: one very good month may cost a lot. A most for a month bounds it."
    ),
    "condition_without_kind": lambda f: _("Choose what the condition counts."),
    "condition_on_itself": lambda f: _("Choose something else: a rule cannot wait for itself."),
    "condition_empty": lambda f: _("Write how many at least, or how many at most."),
    "condition_never": lambda f: _("Nobody can meet this: the least is above the most."),
    "condition_wants_complaints": lambda f: _(
        "Nobody should need complaints. Leave the least empty and write the most."
    ),
    "condition_holds_back": _condition_holds_back,
    "condition_cliff": _condition_cliff,
    "budget_without_window": lambda f: _(
        "The budget has no days: once it is used up, this rule pays nothing any more."
    ),
    "window_half": lambda f: _("An action needs both days, the first and the last."),
    "window_backwards": lambda f: _("The last day lies before the first."),
    "window_before_version": lambda f: _("The action cannot begin before this version holds."),
    "window_long": lambda f: (
        _("An action lasts at most %(days)s. Longer is a rule, not an action.")
        % {"days": fmt.days(_number(f, "days"))}
    ),
    "window_without_budget": lambda f: _("An action needs a budget: write how much it may spend."),
    "vests_on_itself": lambda f: _("Choose something else: an amount cannot wait for itself."),
    "vesting_never": lambda f: _(
        "This may never come on the same referral. Choose something else."
    ),
    "vesting_already": lambda f: _("This comes before the fact itself, so it changes nothing."),
}
