"""What the pages of rewards say, as ready strings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from polecam.insights.client_rewards import YearRow
from polecam.kit import polish
from polecam.parties.models import Party
from polecam.thanks.models import GrantState, Reward, RewardGrant
from polecam.thanks.presets import Proposal
from polecam.web.ui import format as fmt

SIDES: dict[str, str | Promise] = {
    "friend": gettext_lazy("for the friend"),
    "both": gettext_lazy("the same for both"),
    "client": gettext_lazy("for the client"),
    "charity": gettext_lazy("for a good cause"),
}
OUTCOMES: dict[str, str | Promise] = {
    "consent": gettext_lazy(
        "after the friend’s confirmed consent, if the friend allows it to be told"
    ),
    "talk": gettext_lazy("after the talk, if the friend allows it to be told"),
}
TAX: dict[str, str | Promise] = {
    "unset": pgettext_lazy("tax class", "not decided yet"),
    "prize": pgettext_lazy("tax class", "prize"),
    "gift": pgettext_lazy("tax class", "gift"),
    "promotion": pgettext_lazy("tax class", "promotional"),
    "none": pgettext_lazy("tax class", "outside taxation, as the accountants say"),
}
STATES: dict[str, tuple[str | Promise, str]] = {
    "asked": (pgettext_lazy("reward", "waits for a decision"), "honey"),
    "approved": (pgettext_lazy("reward", "approved, to be handed over"), "leaf"),
    "given": (pgettext_lazy("reward", "given"), "line"),
    "refused": (pgettext_lazy("reward", "refused"), "line"),
    "cancelled": (pgettext_lazy("reward", "cancelled"), "line"),
}
ICONS = {"friend": "users", "both": "handshake", "client": "gift", "charity": "hand-heart"}


@dataclass(frozen=True, slots=True)
class Line:
    """A reward of the catalogue, or of a preset, as a row."""

    ref: str
    icon: str
    title: str
    sub: str
    value: int
    note: str
    branch: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """A reward of one referral as a row or a card."""

    ref: str
    icon: str
    title: str
    who: Party | None
    for_whom: str
    sub: str
    value: int
    state: str
    tone: str
    flagged: bool
    asked: bool
    note: str


def title(reward: Reward | Proposal) -> str:
    """Its name in the active language."""
    return reward.title_en if fmt.language() == "en" else reward.title_pl


def line(reward: Reward) -> Line:
    """As the catalogue shows it."""
    stock = (
        _("as many as wanted")
        if reward.stock is None
        else _("left: %(n)s") % {"n": fmt.number(reward.stock)}
    )
    asks = _("approved by somebody") if reward.needs_approval else _("approved at once")
    tax = _("tax class: %(name)s") % {"name": TAX[reward.tax_class]}
    return Line(
        ref=reward.public_id,
        icon=ICONS[reward.side],
        title=title(reward),
        sub=f"{SIDES[reward.side]}, {OUTCOMES[reward.outcome]}",
        value=reward.value_grosze,
        note=f"{stock} · {asks} · {tax}",
        branch=reward.branch.name if reward.branch else "",
        ended=reward.ended_at is not None,
    )


def preset(code: str, one: Proposal) -> Line:
    """As a starting point."""
    sub = f"{SIDES[one.side]}, {OUTCOMES[one.outcome]}"
    return Line(code, ICONS[one.side], title(one), sub, one.value_grosze, "", "")


def mine(grants: list[RewardGrant]) -> list[Waits]:
    """For the client's own seller: where it stands, no more."""
    return [waits(one) for one in grants]


def waits(grant: RewardGrant) -> Waits:
    """A reward with whom it is for; a recommended person stays unnamed."""
    party = grant.client.party if grant.client else None
    state, tone = STATES[grant.state]
    return Waits(
        ref=grant.public_id,
        icon=ICONS[grant.side],
        title=title(grant.reward),
        who=party,
        for_whom=_for_whom(grant, party),
        sub=_since(grant),
        value=grant.value_grosze,
        state=str(state),
        tone=tone,
        flagged=bool(grant.flag),
        asked=grant.state == GrantState.ASKED,
        note=grant.why,
    )


def _for_whom(grant: RewardGrant, party: Party | None) -> str:
    if grant.side == "charity":
        return _("for a good cause")
    if party is None:
        return _("for somebody who is no longer here")
    if grant.side == "friend":
        return _("for whom %(client)s recommends") % {"client": party.full_name}
    if fmt.language() == "pl":
        return polish.for_whom(party.full_name, party.form)
    return _("for %(client)s") % {"client": party.full_name}


def _since(grant: RewardGrant) -> str:
    outcome = {
        "consent": _("after the consent"),
        "talk": _("after the talk"),
    }[grant.reward.outcome]
    at: datetime = grant.given_at or grant.decided_at or grant.asked_at
    return f"{outcome}, {fmt.near(fmt.as_day(at))}"


def named(row: YearRow) -> str:
    """Whom a row of the year is about."""
    if row.party is not None:
        return row.party.full_name
    return _("good causes") if row.side == "charity" else _("erased since")


def side_of_year(row: YearRow) -> str:
    """As a client, as a friend, for charity."""
    return {
        "client": pgettext("rewarded as", "client"),
        "friend": pgettext("rewarded as", "recommended person"),
        "charity": pgettext("rewarded as", "good cause"),
    }[row.side]


def budget(found: Any) -> dict[str, Any]:
    """A branch's year: used, whole, left."""
    return {
        "branch": found.branch.name,
        "used": found.used_grosze,
        "whole": found.grosze,
        "left": found.grosze - found.used_grosze,
    }
