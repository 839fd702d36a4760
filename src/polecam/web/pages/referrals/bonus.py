"""The bonus of one referral: what it may still bring, or what the sale brought, with its sum."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import FactKind, Line, LineState
from polecam.bonuses.queries import version_in_force
from polecam.bonuses.rates import rates, terms
from polecam.insights import expected
from polecam.insights.pipeline_money import likely
from polecam.kit.money import WHOLE_BP, share_of
from polecam.referrals import states
from polecam.web.pages.referrals.facts import Facts
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.parts import Row
from polecam.web.ui.plan_nouns import NAMES, has_also

PAYING = (FactKind.CONSENT, FactKind.MEETING, FactKind.SALE, FactKind.RETAINED)
"""What one referral may bring whoever shares it."""


def card(known: Facts) -> dict[str, Any] | None:
    """Title, amount, one sentence and the rows of "skąd to?"; None where nothing is to be had."""
    share = next((s.share_bp for s in known.shares if s.person_id == known.reader.pk), 0)
    if known.referral.plan_version_id is None or not share:
        return None
    if known.referral.state == states.WON:
        return _of_sale(known, share)
    if known.referral.state in states.ENDED:
        return None
    if known.referral.state in states.WORKABLE and not known.claim:
        return None
    if known.referral.second and not known.worked:
        return None
    return _ahead(known, share)


def newer_plan(known: Facts) -> bool:
    """Whether a version of the plan newer than the referral's holds for the reader now, and the
    bonus is still ahead: the page beside it shows both sums."""
    referral = known.referral
    if referral.state not in states.OPEN or not referral.plan_version_id:
        return False
    now = version_in_force(known.reader, referral.branch_id, known.at)
    return (
        now is not None
        and now.pk != referral.plan_version_id
        and now.valid_from > referral.captured_at
    )


def _ahead(known: Facts, share: int) -> dict[str, Any]:
    referral = known.referral
    chances = likely(referral.branch_id, at=known.at, zone=firm().zone)
    paid = rates(referral.plan_version_id or 0)
    found = expected.of_referral(referral.state, paid, chances, met=known.met, share_bp=share)
    labels = {
        "consent": _("The friend agrees"),
        "meeting": _("The meeting takes place"),
        "meeting_confirmed": _("The meeting is confirmed"),
        "sale": _("The friend buys"),
        "retained": _("The friend stays a client"),
    }
    rows = [
        Row(
            labels[step.code],
            fmt.zl(step.part_grosze),
            _("%(chance)s × bonus %(amount)s")
            % {"chance": fmt.percent(step.chance_bp), "amount": fmt.zl(step.amount_grosze)},
        )
        for step in found.steps
    ]
    if share != WHOLE_BP:
        rows.append(Row(_("Your share"), f"× {fmt.percent(share)}"))
    rows.append(Row(_("Together"), fmt.zl(found.grosze, approx=True), total=True))
    return {
        "title": _("Expected bonus"),
        "lead": fmt.tie(
            _("A sale brings you about %(amount)s, gross.")
            % {"amount": fmt.zl(found.sale_grosze // 100 * 100)}
        ),
        "grosze": found.grosze,
        "approx": True,
        "rows": rows,
        "note": f"{_source(chances)} {_when(referral.plan_version_id or 0)}".strip(),
    }


def _when(version_id: int) -> str:
    """From when an amount is payable, and what must come first; the usual one, then exceptions."""
    found = [term for term in terms(version_id) if term.kind in PAYING]
    if not found:
        return ""
    usual = max((term.hold_days for term in found), default=0)
    said = [
        _("Payable %(days)s after its confirmation, paid on the next pay-day.")
        % {"days": fmt.days(usual)}
    ]
    for term in found:
        if term.vests_after:
            rule = _("%(what)s: only once the referral also has %(fact)s.")
            what = NAMES[term.kind]
            said.append(rule % {"what": what, "fact": has_also(term.vests_after)})
    return fmt.tie(" ".join(said))


def _source(chances: expected.Chances) -> str:
    if not chances.cases:
        return _("Chances: starting values from research, until your branch has its own.")
    return fmt.tie(
        ngettext(
            "Chances: starting values joined by %(n)s consent of your branch in 12 months.",
            "Chances: starting values joined by %(n)s consents of your branch in 12 months.",
            chances.cases,
        )
        % {"n": fmt.number(chances.cases)}
    )


def _of_sale(known: Facts, share: int) -> dict[str, Any] | None:
    sale = known.sale
    if sale is None:
        return None
    lines = list(
        Line.objects.filter(fact__referral=known.referral.public_id, person=known.reader)
        .exclude(state=LineState.VOID)
        .select_related("fact")
        .order_by("pk")
    )
    labels = {
        "consent": _("Consent"),
        "meeting": _("Meeting"),
        "sale": _("Sale"),
        "retained": _("Stayed a client"),
        "handoff": _("A hand-off that won"),
    }
    rows = [
        Row(
            labels.get(line.fact.kind, labels["sale"]),
            fmt.zl(line.amount_grosze),
            _("held until %(day)s") % {"day": fmt.day(line.vests_at)}
            if line.state == LineState.PENDING
            else "",
        )
        for line in lines
    ]
    total = sum(line.amount_grosze for line in lines)
    if sale.state != "reported":
        rows.append(Row(_("Together"), fmt.zl(total), total=True))
        return {
            "title": _("Your bonus"),
            "lead": _("Confirmed, gross."),
            "grosze": total,
            "approx": False,
            "rows": rows,
            "note": "",
        }
    rate = rates(known.referral.plan_version_id or 0)
    whole = rate.sale_of(sale.margin_grosze, sale.value_grosze)
    probable = share_of(whole, share)
    rows.append(
        Row(
            _("Sale, probable"),
            fmt.zl(probable),
            _("%(rate)s of margin %(margin)s")
            % {"rate": fmt.percent(rate.sale_bp), "margin": fmt.zl(sale.margin_grosze)},
        )
    )
    rows.append(Row(_("Together"), fmt.zl(total + probable), total=True))
    return {
        "title": _("Probable bonus"),
        "lead": _("Gross. It becomes certain when someone else confirms the sale."),
        "grosze": total + probable,
        "approx": False,
        "rows": rows,
        "note": "",
    }
