"""What an ask, an hour and a złoty return, in words."""

from django.utils.translation import gettext as _

from polecam.insights.evidence_report import Report
from polecam.web.pages.evidence.words import (
    Line,
    Section,
    about,
    mark_of,
    minutes,
    money_span,
    percent,
    percent_span,
    ratio,
    span,
)
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


def returns(found: Report) -> Section:
    """An ask, an hour, a unit of money."""
    ask, one = found.ask, {"one": fmt.zl(100)}
    chance = mark_of(found, "incremental_bp", "hour_cost_grosze", data=True)
    chances = [
        Row(_("A client says yes"), percent(ask.yes.value), percent_span(ask.yes)),
        Row(_("Friends for one yes"), fmt.decimal(ask.referrals, 2)),
        Row(_("A friend agrees to contact"), percent(ask.consent.value), percent_span(ask.consent)),
        Row(_("And becomes a client"), percent(ask.win.value), percent_span(ask.win)),
        Row(_("Worth of one new client"), about(ask.by_win.value), money_span(ask.by_win)),
        Row(_("One ask brings"), about(ask.value.value), total=True),
    ]
    time = [
        Row(_("Time of an ask, with what follows a yes"), minutes(ask.minutes.value)),
        Row(_("Cost of this time"), fmt.zl(round(ask.cost.value))),
    ]
    lines = [
        Line(
            _("One ask brings"), about(ask.value.value), chance, money_span(ask.value), chances,
            strong=True,
        ),
        Line(
            _("Return on its time, from %(one)s (ROTI)") % one,
            ratio(ask.roti.value),
            chance,
            span(ask.roti, ratio),
            [
                *chances[-1:],
                *time,
                Row(
                    _("Return"),
                    ratio(ask.roti.value),
                    _("(brings - costs) : costs, from %(one)s of time") % one,
                    total=True,
                ),
            ],
        ),
        Line(
            _("One hour of asking brings"),
            about(ask.per_hour.value),
            chance,
            money_span(ask.per_hour),
            [*chances[-1:], *time[:1]],
        ),
    ]  # fmt: skip
    if found.returned is not None:
        lines.append(
            Line(
                _("%(one)s put into referrals returned, above itself") % one,
                ratio(found.returned.value),
                chance,
                span(found.returned, ratio),
                [
                    Row(_("One recommended client"), about(found.worth.referred.value)),
                    Row(_("Cost of one by referral"), about(_by_win(found))),
                ],
            )
        )
    if found.returned_otherwise is not None:
        lines.append(
            Line(
                _("%(one)s put into clients otherwise") % one,
                ratio(found.returned_otherwise.value),
                chance,
                span(found.returned_otherwise, ratio),
                [
                    Row(_("One client who was not recommended"), about(found.worth.clv.value)),
                    Row(
                        _("Cost of one otherwise"),
                        fmt.zl(found.parameters.value("cost_of_client_grosze")),
                    ),
                ],
            )
        )
    return Section("returns", _("What time and money return"), lines)


def _by_win(found: Report) -> float:
    return found.cost.by_win.value if found.cost.by_win else 0.0
