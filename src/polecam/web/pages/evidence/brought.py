"""What referrals brought, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.evidence_report import Report
from polecam.web.pages.evidence.words import (
    COUNTED,
    Line,
    Section,
    about,
    margin_note,
    mark_of,
    money_span,
    months_note,
    share,
    whole,
)
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


def brought(found: Report) -> Section:
    """Wins, margin, and what the clients are worth over the years."""
    ground, p, worth = found.ground, found.parameters, found.worth
    lasting = mark_of(found, "yearly_margin_grosze", "retention_bp", "discount_bp", data=True)
    clients = Row(_("New clients"), fmt.number(ground.wins), months_note(ground))
    clv_rows = [
        Row(_("Margin of a year"), about(worth.margin.value), margin_note(found)),
        Row(
            _("Over their time with you"),
            about(worth.clv.value),
            _("x %(r)s : (1 + %(i)s - %(r)s): who stays, and money later")
            % {"r": share(p.rate("retention_bp")), "i": share(p.rate("discount_bp"))},
        ),
        Row(
            _("Came recommended"),
            about(worth.referred.value),
            _("x %(uplift)s") % {"uplift": share(p.rate("uplift_bp"))},
            total=True,
        ),
    ]
    together = Row(_("Together"), about(worth.together.value), total=True)
    return Section(
        "brought",
        _("What they brought"),
        [
            Line(_("New clients by referral"), fmt.number(ground.wins), COUNTED, rows=[clients]),
            Line(
                _("Margin on their first contracts"),
                whole(ground.margin),
                COUNTED,
                rows=[clients, Row(_("Margin"), fmt.zl(ground.margin), _("confirmed sales"))],
            ),
            Line(
                _("One recommended client over the years (CLV)"),
                about(worth.referred.value),
                lasting,
                money_span(worth.referred),
                clv_rows,
            ),
            Line(
                _("All of them over the years"),
                about(worth.together.value),
                lasting,
                money_span(worth.together),
                [*clv_rows, clients, together],
                strong=True,
            ),
            Line(
                ngettext(
                    "Worth of the referrals themselves, %(n)s year (CRV)",
                    "Worth of the referrals themselves, %(n)s years (CRV)",
                    p.value("horizon_years"),
                )
                % {"n": p.value("horizon_years")},
                about(worth.crv.value),
                mark_of(found, "incremental_bp", "retention_bp", "discount_bp", data=True),
                money_span(worth.crv),
                _crv_rows(found),
            ),
        ],
    )


def _crv_rows(found: Report) -> list[Row]:
    p = found.parameters
    otherwise = p.cost_of_client
    return [
        Row(_("Would not have come anyway"), fmt.percent(p.value("incremental_bp"))),
        Row(_("Their margin"), about(found.worth.margin.value), _("each year they stay")),
        Row(
            _("Saved on winning each client"),
            fmt.zl(otherwise) if otherwise is not None else _("not entered"),
            _("once, also for those who would have come anyway"),
        ),
        Row(_("Thanks to clients"), fmt.zl(-p.value("client_reward_grosze"))),
        Row(
            _("Referral value"),
            about(found.worth.crv.value),
            _("each year discounted; Kumar, Petersen and Leone 2010"),
            total=True,
        ),
    ]
