"""The sum behind "what if I asked more often": each chance, and how much of it is one's own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import Shape
from polecam.bonuses.rates import Rates, summed
from polecam.insights.estimate import Beta
from polecam.insights.expected import RETAINED_BP, VALUE_PER_MARGIN
from polecam.insights.own_rates import MEETING_MINUTES
from polecam.insights.prospects import Prospects
from polecam.kit.money import share_of
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


def rows(found: Prospects) -> list[Row]:
    """One ask, step by step."""
    own = found.own
    pays = summed(found.terms)
    margin = own.margin_grosze
    sale = pays.sale_of(margin, margin * VALUE_PER_MARGIN)
    sale += share_of(pays.retained_of(margin), RETAINED_BP)
    consent, meeting, win = own.later
    answers = ngettext(
        "%(n)s own answer of a year; the branch's weigh as ten",
        "%(n)s own answers of a year; the branch's weigh as ten",
        own.answers,
    ) % {"n": own.answers}
    cases = ngettext(
        "%(n)s own case of a year; the branch's weigh as thirty",
        "%(n)s own cases of a year; the branch's weigh as thirty",
        own.cases,
    ) % {"n": own.cases}
    return [
        Row(_("Clients who agree"), _percent(own.yes), fmt.tie(answers)),
        Row(_("Referrals from one yes"), fmt.decimal(own.referrals, 2)),
        Row(_("Friends who agree"), _percent(consent), _pay(pays.consent_grosze, cases)),
        Row(_("of them meet you"), _percent(meeting), _pay(pays.meeting_grosze)),
        Row(_("of them buy"), _percent(win), _sale(sale, pays, margin)),
        Row(_("Time of one ask"), _minutes(own.ask_minutes)),
        Row(_("Time after a yes"), _minutes(own.follow_minutes)),
        Row(_("Time of a meeting"), _minutes(MEETING_MINUTES), _("an assumption")),
    ]


def terms(found: Prospects) -> str:
    """What of the plan shapes the sum beside its rates."""
    said = []
    if any(term.shape != Shape.FLAT for term in found.terms):
        said.append(_("Bands are counted month by month."))
    if any(term.cap_grosze for term in found.terms):
        said.append(_("What lies above a month's cap is left out."))
    if any(term.needs_kind for term in found.terms):
        said.append(_("Months that miss a condition bring nothing by that rule."))
    return fmt.tie(" ".join(said))


def _percent(chance: Beta) -> str:
    return fmt.percent(round(chance.mean * 100) * 100)


def _pay(grosze: int, note: str = "") -> str:
    said = _("each %(amount)s") % {"amount": fmt.zl(grosze)} if grosze else ""
    return fmt.tie(", ".join(part for part in (said, note) if part))


def _sale(grosze: int, pays: Rates, margin: int) -> str:
    if not grosze:
        return ""
    said = _("each about %(amount)s") % {"amount": fmt.zl(grosze // 100 * 100)}
    if not pays.sale_bp:
        return said
    usual = _("margin %(margin)s") % {"margin": fmt.zl(margin // 100 * 100)}
    return f"{said}, {usual}"


def _minutes(n: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
