"""The terms of a plan version in plain sentences: what holds for all of its rules."""

from typing import Protocol

from django.utils.translation import gettext as _

from polecam.bonuses.models import Leaver, PoolRule
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns as nouns


class Terms(Protocol):
    """The fields of a version that its sentences need; units as in `bonuses.models.PlanVersion`."""

    @property
    def hold_days(self) -> int: ...
    @property
    def clawback_days(self) -> int: ...
    @property
    def quality_gate(self) -> bool: ...
    @property
    def leaver(self) -> str: ...
    @property
    def guarantee_grosze(self) -> int: ...
    @property
    def guarantee_months(self) -> int: ...
    @property
    def draw_grosze(self) -> int: ...
    @property
    def pool_bp(self) -> int: ...
    @property
    def pool_rule(self) -> str: ...


def sentences(version: Terms) -> list[str]:
    """Every term of a version, in the order in which it matters."""
    said = [shares(), hold(version.hold_days), quality(version.quality_gate)]
    said += [clawback(version.clawback_days), leaver(version.leaver)]
    said += [guarantee(version.guarantee_grosze, version.guarantee_months)]
    said += [draw(version.draw_grosze), pool(version.pool_bp, version.pool_rule)]
    if version.guarantee_grosze or version.draw_grosze:
        said.append(part_time())
    said += [rounding(), capture()]
    return [one for one in said if one]


def shares() -> str:
    """How several people share one amount."""
    return fmt.tie(
        _("When several people share a referral, each gets their share; shares make 100% together.")
    )


def hold(days: int) -> str:
    """When an amount becomes payable."""
    if not days:
        return fmt.tie(
            _(
                "An amount is payable at once after its confirmation. Someone else confirms: never "
                "the seller."
            )
        )
    return waits(fmt.days(days))


def waits(days: str) -> str:
    """The same with its days already said, or as a place to write them."""
    return fmt.tie(
        _(
            "An amount waits %(days)s from its confirmation, then it is payable. Someone else "
            "confirms: never the seller."
        )
        % {"days": days}
    )


def quality(gate: bool) -> str:
    """What a complaint does; empty where the plan does not look at complaints."""
    if not gate:
        return ""
    return fmt.tie(
        _(
            "A client's complaint recorded on a sale stops its amounts until it is decided. "
            "If it is upheld, amounts not yet paid are taken back."
        )
    )


def clawback(days: int) -> str:
    """How long a paid amount may be asked back."""
    if not days:
        return fmt.tie(_("An amount that was paid is never asked back."))
    return asked_back(fmt.days(days))


def asked_back(days: str) -> str:
    """The same with its days already said, or as a place to write them."""
    return fmt.tie(
        _(
            "For %(days)s from the confirmation an amount already paid may be asked back. It "
            "is never deducted silently: a human decides, with your written consent."
        )
        % {"days": days}
    )


def leaver(rule: str) -> str:
    """Where the money of somebody who left goes."""
    said = {
        Leaver.SELLER: _(
            "When somebody leaves the firm, their authorship stays, and their part is still paid "
            "to them, with the final settlement."
        ),
        Leaver.HOLDER: _(
            "When somebody leaves the firm, their authorship stays. What is confirmed afterwards "
            "pays their part to whoever works the referral on."
        ),
        Leaver.POOL: _(
            "When somebody leaves the firm, their authorship stays. What is confirmed afterwards "
            "pays their part into the branch pool."
        ),
    }
    return fmt.tie(said[Leaver(rule)])


def guarantee(grosze: int, months: int) -> str:
    """The least of a month, or nothing."""
    if not grosze:
        return ""
    amount = {"amount": fmt.zl(grosze), "months": nouns.months(months)}
    if not months:
        return fmt.tie(
            _("A month never brings less than %(amount)s: what is missing is added.") % amount
        )
    return fmt.tie(
        _(
            "For the first %(months)s of work a month never brings less than %(amount)s: what is "
            "missing is added."
        )
        % amount
    )


def draw(grosze: int) -> str:
    """The advance of a weak month, or nothing."""
    if not grosze:
        return ""
    return fmt.tie(
        _(
            "A month below %(amount)s is filled up to it with an advance. It is paid back from "
            "later months, always with your written consent."
        )
        % {"amount": fmt.zl(grosze)}
    )


def pool(bp: int, rule: str) -> str:
    """What flows into the branch pool and how it is divided, or nothing."""
    if not bp:
        return ""
    divided = {
        PoolRule.EQUAL: _("It is divided equally."),
        PoolRule.PART_TIME: _("It is divided by the part of full time each person works."),
        PoolRule.HELP: _("It is divided by the help each person gave."),
    }
    flows = _(
        "Of what the branch saves on winning clients, %(part)s flow into the branch pool once the "
        "sales are payable."
    ) % {"part": fmt.percent(bp)}
    return fmt.tie(f"{flows} {divided[PoolRule(rule)]}")


def part_time() -> str:
    """How a part of full time or of a month scales."""
    return fmt.tie(
        _("Part-time work and part of a month scale the guarantee, the advance, caps and bands.")
    )


def rounding() -> str:
    """Where grosze are rounded."""
    return fmt.tie(
        _(
            "Each amount is rounded once, to the grosz, a half up. Shares are laid end to end and "
            "their borders rounded, so that parts always make the whole."
        )
    )


def capture() -> str:
    """Which version counts."""
    return fmt.tie(_("Every referral is counted by the version in force when it was recorded."))
