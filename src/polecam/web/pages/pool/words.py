"""What the pages of the pool show, as ready strings. Every amount is gross."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polecam.bonuses.models import PoolPart, PoolRule
from polecam.bonuses.pool.rules import time_of
from polecam.insights.parameters import Parameters
from polecam.insights.pool import Paid, Period, Story
from polecam.insights.pool_division import Division
from polecam.insights.pool_division import Row as Share
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """A month, or some told together: its name, what it brought, and the sum."""

    title: str
    note: str
    into: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class PayoutCard:
    """One payout: day, rule, the whole, the reader's own part, and (to who divides) each part."""

    day: date
    rule: str
    amount: int
    own: int | None
    parts: list[tuple[Any, str, int]]


def span(months: list[str]) -> str:
    """`październik`, or `sierpień–październik`."""
    if len(months) == 1:
        return fmt.month(months[0])
    return f"{fmt.month(months[0])}–{fmt.month(months[-1])}"


def rule(code: str) -> str:
    """How the pool is divided, as a sentence."""
    return {
        PoolRule.EQUAL: _("Everyone who sells in the branch gets the same."),
        PoolRule.PART_TIME: _("Each one's part follows their part of full time."),
        PoolRule.HELP: _(
            "By help given since the last payout: friends handed on, absences covered, clients "
            "lent, colleagues made ready. Each counts once."
        ),
    }[PoolRule(code)]


def short_rule(code: str) -> str:
    """The same in a few words."""
    return {
        PoolRule.EQUAL: pgettext("pool divided", "equally"),
        PoolRule.PART_TIME: pgettext("pool divided", "by part of full time"),
        PoolRule.HELP: pgettext("pool divided", "by help given"),
    }[PoolRule(code)]


def weight(code: str, share: Share) -> str:
    """Why this part."""
    if code == PoolRule.PART_TIME:
        return _("%(part)s of full time") % {"part": fmt.percent(share.weight)}
    if code == PoolRule.HELP:
        return ngettext("helped %(n)s time", "helped %(n)s times", share.weight) % {
            "n": share.weight
        }
    return _("an equal part")


def wins(count: int) -> str:
    """How many sales."""
    return ngettext("%(n)s vested sale", "%(n)s vested sales", count) % {"n": count}


def whole(story: Story) -> list[Row]:
    """The sum of everything told: saved, of it into the pool, given back, left."""
    told = story.told
    if told is None:
        return []
    rows = [
        Row(_("Saved by referrals"), fmt.zl(told.saved), wins(told.wins)),
        Row(_("Of it for the pool"), fmt.zl(told.flowed)),
    ]
    if told.leavers:
        rows.append(Row(_("From people who left"), _gain(told.leavers)))
    if told.taken_back:
        rows.append(Row(_("Taken back with sales that were voided"), fmt.zl(-told.gone)))
    rows.append(Row(_("Given back to the sellers"), fmt.zl(-told.paid)))
    return [*rows, Row(_("Left in the pool"), fmt.zl(told.left_end), total=True)]


def until(story: Story) -> str:
    """Until when the figures tell, for a seller."""
    if not story.periods:
        return ""
    return fmt.month(story.periods[-1].last)


def period(one: Period) -> PeriodCard:
    """One period with its sum."""
    return PeriodCard(
        title=span(one.months),
        note=_note(one),
        into=one.into,
        rows=_rows(one),
    )


def _note(one: Period) -> str:
    said = [wins(one.wins)] if one.wins else []
    if one.paid:
        said.append(_("given back: %(amount)s") % {"amount": fmt.zl(one.paid)})
    return fmt.tie(", ".join(said)) if said else _("a quiet month")


def _rows(one: Period) -> list[Row]:
    rows = []
    if one.wins:
        rates = {benchmark for benchmark, _bp in one.rates}
        each = f"{one.wins} × {fmt.zl(rates.pop())}" if len(rates) == 1 else wins(one.wins)
        parts = sorted({bp for _benchmark, bp in one.rates})
        rows = [
            Row(_("Had these clients come otherwise"), fmt.zl(one.benchmark), each),
            Row(_("Bonuses to all sellers for them"), fmt.zl(-one.bonuses)),
            Row(_("Sellers' time"), fmt.zl(-one.time)),
            Row(pgettext("pool", "Saved"), fmt.zl(one.saved), total=True),
            Row(
                _("For the pool: %(part)s of it")
                % {"part": fmt.listed([fmt.percent(bp) for bp in parts])},
                _gain(one.flowed),
                _("sale by sale; one that cost more brings nothing and takes nothing"),
            ),
        ]
    if one.leavers:
        rows.append(
            Row(
                _("From people who left"),
                _gain(one.leavers),
                _("the plan gives their part to the branch"),
            )
        )
    if one.taken_back:
        kept = one.taken_back - one.gone
        note = ""
        if kept:
            note = _("%(amount)s had been given back already; that stays with the sellers") % {
                "amount": fmt.zl(kept)
            }
        rows.append(Row(_("Taken back with sales that were voided"), fmt.zl(-one.gone), note))
    if one.paid:
        rows.append(Row(_("Given back to the sellers"), fmt.zl(-one.paid)))
    return [*rows, Row(_("Left in the pool at the end"), fmt.zl(one.left_end), total=True)]


def payout(one: Paid) -> PayoutCard:
    """One payout; parts only where the story has them."""
    return PayoutCard(
        day=fmt.as_day(one.payout.at),
        rule=short_rule(one.payout.rule),
        amount=one.payout.amount_grosze,
        own=one.own.amount_grosze if one.own else None,
        parts=[
            (part.person, weight(one.payout.rule, _share(part)), part.amount_grosze)
            for part in one.parts
        ],
    )


def _share(part: PoolPart) -> Share:
    return Share(part.person, part.weight, part.amount_grosze)


def costs(held: Parameters) -> list[Row]:
    """What a sale is measured against now, each with where it is from."""
    cost = held.held["cost_of_client_grosze"]
    ask, follow = held.value("ask_minutes"), held.value("follow_minutes")
    hour = held.value("hour_cost_grosze")
    note = _("%(ask)s min to ask and %(follow)s min to follow, %(hour)s an hour") % {
        "ask": ask,
        "follow": follow,
        "hour": fmt.zl(hour),
    }
    return [
        Row(
            _("A client who comes otherwise costs"),
            fmt.zl(cost.value or 0),
            cost.row.why if cost.row else "",
        ),
        Row(_("Sellers' time for one sale"), fmt.zl(time_of(ask, follow, hour)), note),
    ]


def preview(divided: Division) -> list[tuple[Any, str, int]]:
    """Each person's part: who, why this part, how much."""
    return [(row.person, weight(divided.rule, row), row.amount_grosze) for row in divided.rows]


def _gain(grosze: int) -> str:
    return fmt.zl(grosze, plus=True)
