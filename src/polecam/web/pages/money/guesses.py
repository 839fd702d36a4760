"""Probable and possible amounts as ready strings, each with the sum behind it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.expected import WEIGHT, Chances
from polecam.insights.seller import Money, Possible, Probable
from polecam.kit.money import WHOLE_BP
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


@dataclass(frozen=True, slots=True)
class Group:
    """Open referrals of one state with the sum for one of them."""

    title: str
    grosze: int
    rows: list[Row]


def probable(money: Money) -> list[Row]:
    """What happened and waits for someone else's word, and its sum."""
    rows = [_probable(one, money.names.get(one.referral, "")) for one in money.probable]
    total = fmt.zl(money.probable_grosze, approx=True)
    return [*rows, Row(_("Together, gross"), total, total=True)] if rows else []


def possible(money: Money) -> list[Group]:
    """What open referrals may still bring, by state."""
    return [
        Group(_state_words(group.state, group.count), group.grosze, _steps(group))
        for group in money.possible
    ]


def chances(likely: Chances | None) -> str:
    """Where the chances come from."""
    if likely is None:
        return ""
    if not likely.cases:
        return _("Chances are general defaults: the branch has no cases of its own yet.")
    return ngettext(
        "Chances: general defaults (weight %(weight)s) joined with %(n)s case of your branch.",
        "Chances: general defaults (weight %(weight)s) joined with %(n)s cases of your branch.",
        likely.cases,
    ) % {"weight": WEIGHT, "n": likely.cases}


def _probable(one: Probable, name: str) -> Row:
    value = fmt.zl(one.grosze, approx=True)
    share = "" if one.share_bp == WHOLE_BP else f" × {fmt.percent(one.share_bp)}"
    if one.kind == "meeting":
        label = _("Meeting – %(name)s") % {"name": name} if name else _("Meeting")
        note = _("held %(day)s, waits for the boss or the friend to confirm it") % {
            "day": fmt.day(one.at)
        }
        return Row(label, value, note + share)
    label = _("Sale – %(name)s") % {"name": name} if name else _("Sale")
    note = _("reported %(day)s, waits to be confirmed: %(margin)s × %(rate)s") % {
        "day": fmt.day(one.at),
        "margin": fmt.zl(one.base_grosze),
        "rate": fmt.percent(one.rate_bp),
    }
    return Row(label, value, note + share)


def _steps(group: Possible) -> list[Row]:
    words = {
        "consent": _("consent"),
        "meeting": _("meeting"),
        "meeting_confirmed": _("confirmed meeting"),
        "sale": _("sale"),
        "retained": _("the friend stays a client"),
    }
    rows = [
        Row(
            words[step.code],
            fmt.zl(step.part_grosze, approx=True),
            f"{fmt.percent(_whole_percent(step.chance_bp))} × {fmt.zl(step.amount_grosze)}",
        )
        for step in group.each.steps
        if step.amount_grosze
    ]
    one = fmt.zl(group.each.grosze, approx=True)
    return [*rows, Row(_("One such referral, gross"), one, total=True)]


def _whole_percent(bp: int) -> int:
    return (bp + 50) // 100 * 100


def _state_words(state: str, n: int) -> str:
    text = {
        "captured": ngettext(
            "%(n)s referral before the client passes it on",
            "%(n)s referrals before the client passes them on",
            n,
        ),
        "invited": ngettext("%(n)s invitation on its way", "%(n)s invitations on their way", n),
        "consented": ngettext("%(n)s friend after consent", "%(n)s friends after consent", n),
        "contacted": ngettext("%(n)s friend after a talk", "%(n)s friends after a talk", n),
        "meeting": ngettext("%(n)s friend with a meeting", "%(n)s friends with a meeting", n),
    }[state]
    return fmt.tie(text % {"n": n})
