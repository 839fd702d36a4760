"""A plan version as rules in plain sentences, and the same rules computed once by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from django.utils.translation import gettext as _

from polecam.bonuses.models import Component, FactKind, Leaver, PlanVersion
from polecam.bonuses.rules import whole_of
from polecam.kit.money import allocate
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

EXAMPLE_MARGIN = 436_033
"""4 360,33 zł: an amount that shows the rounding."""
EXAMPLE_SHARES = {1: 7_000, 2: 3_000}


@dataclass(frozen=True, slots=True)
class Mark:
    """A version on the line of versions."""

    number: int
    public_id: str
    since: str
    live: bool
    shown: bool
    ahead: bool


def rules(version: PlanVersion) -> list[str]:
    """Every rule of a version, in the order it is applied."""
    components = Component.objects.filter(version=version).order_by("position")
    said = [_component(component) for component in components]
    said.append(
        _("When several people share a referral, each gets their share; shares make 100% together.")
    )
    said.append(
        _(
            "An amount waits %(days)s from its confirmation, then it is payable. Someone else "
            "confirms: never the seller."
        )
        % {"days": fmt.days(version.hold_days)}
    )
    if version.quality_gate:
        said.append(
            _(
                "A client's complaint recorded on a sale stops its amounts until it is decided. "
                "If it is upheld, amounts not yet paid are taken back."
            )
        )
    if version.clawback_days:
        said.append(
            _(
                "For %(days)s from the confirmation an amount already paid may be asked back. It "
                "is never deducted silently: a human decides, with your written consent."
            )
            % {"days": fmt.days(version.clawback_days)}
        )
    said.append(_leaver(version))
    said.append(_("Every referral is counted by the version in force when it was recorded."))
    return [fmt.tie(sentence) for sentence in said]


def examples(version: PlanVersion) -> list[Row]:
    """The sale rule computed for one margin, with the rounding and a share."""
    rule = Component.objects.filter(version=version, fact_kind=FactKind.SALE, rate_bp__gt=0).first()
    if rule is None:
        return []
    whole = whole_of(EXAMPLE_MARGIN, rule.amount_grosze, rule.rate_bp)
    first, second = allocate(whole, EXAMPLE_SHARES).values()
    return [
        Row(_("Branch margin on the sale"), fmt.zl(EXAMPLE_MARGIN)),
        Row(
            _("× %(rate)s, rounded to the grosz, a half up") % {"rate": fmt.percent(rule.rate_bp)},
            fmt.zl(whole),
        ),
        Row(_("shared 70 / 30"), f"{fmt.zl(first)} + {fmt.zl(second)}"),
        Row(_("Together, gross"), fmt.zl(first + second), total=True),
    ]


def versions(
    found: Sequence[PlanVersion], live: PlanVersion | None, shown: PlanVersion | None
) -> list[Mark]:
    """The line of versions with their months."""
    marks = []
    for version, following in zip_longest(found, found[1:]):
        since = fmt.day(version.valid_from)
        if following is not None and live is not None and version.valid_from < live.valid_from:
            last = fmt.day(following.valid_from - timedelta(days=1))
            since = f"{since} – {last}"
        else:
            since = _("since %(day)s") % {"day": since}
        ahead = live is None or version.valid_from > live.valid_from
        marks.append(
            Mark(version.number, version.public_id, since, version == live, version == shown, ahead)
        )
    return marks


def _leaver(version: PlanVersion) -> str:
    if version.leaver == Leaver.HOLDER:
        return _(
            "When somebody leaves the firm, their authorship stays. What is confirmed afterwards "
            "pays their part to whoever works the referral on."
        )
    return _(
        "When somebody leaves the firm, their authorship stays, and their part is still paid to "
        "them, with the final settlement."
    )


def _component(component: Component) -> str:
    if component.rate_bp:
        return _("For a confirmed sale from a referral we pay %(rate)s of the branch's margin.") % {
            "rate": fmt.percent(component.rate_bp)
        }
    amount = {"amount": fmt.zl(component.amount_grosze)}
    if component.fact_kind == FactKind.CONSENT:
        return _("For a recommended person's confirmed consent we pay %(amount)s.") % amount
    if component.fact_kind == FactKind.MEETING:
        return _("For the first confirmed meeting with that person we pay %(amount)s.") % amount
    return _("For a confirmed sale from a referral we pay %(amount)s.") % amount
