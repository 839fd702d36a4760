"""What referrals cost, saved and gave back, in words."""

from django.utils.translation import gettext as _

from polecam.insights.evidence_report import Report
from polecam.web.pages.evidence.words import (
    COUNTED,
    YOURS,
    Line,
    Section,
    about,
    mark_of,
    money_span,
    whole,
)
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


def cost(found: Report) -> Section:
    """Bonuses, time, programme, thanks."""
    p, spent = found.parameters, found.cost
    time_mark = mark_of(found, "hour_cost_grosze", "ask_minutes", "follow_minutes")
    counts = found.ground.counts
    time_row = Row(
        _("Sellers' time"),
        whole(spent.time),
        _("%(asks)s x %(a)s min, %(yes)s x %(b)s min, %(hour)s an hour")
        % {
            "asks": fmt.number(counts.get("asks", 0)),
            "a": p.value("ask_minutes"),
            "yes": fmt.number(counts.get("referrals", 0)),
            "b": p.value("follow_minutes"),
            "hour": fmt.zl(p.value("hour_cost_grosze")),
        },
    )
    parts = [
        Row(_("Bonuses"), fmt.zl(spent.bonuses), _("gross, from the ledger's lines")),
        time_row,
        Row(_("Programme"), fmt.zl(spent.programme)),
        Row(_("Thanks to clients"), fmt.zl(spent.rewards)),
        Row(_("Together"), whole(spent.total.value), total=True),
    ]
    rests = mark_of(found, "hour_cost_grosze", "ask_minutes", "follow_minutes", data=True)
    lines = [
        Line(_("Bonuses, gross"), whole(spent.bonuses), COUNTED, rows=parts[:1]),
        Line(_("Sellers' time"), about(spent.time), time_mark, rows=[time_row]),
        Line(
            _("Programme and thanks to clients"),
            whole(spent.programme + spent.rewards),
            mark_of(found, "programme_month_grosze", "client_reward_grosze"),
            rows=parts[2:4],
        ),
        Line(
            _("Together"), about(spent.total.value), rests, money_span(spent.total), parts,
            strong=True,
        ),
    ]  # fmt: skip
    if spent.by_win:
        rows = [*parts, Row(_("For one new client"), about(spent.by_win.value), total=True)]
        lines.append(
            Line(
                _("For one new client"),
                about(spent.by_win.value),
                rests,
                money_span(spent.by_win),
                rows,
            )
        )
    return Section("cost", _("What they cost"), lines)


def saved(found: Report) -> Section:
    """The acquisition saving, hidden until the firm's own cost is entered."""
    title = _("What they saved")
    if found.saved is None or found.cost.by_win is None:
        missing = (
            _("Shown with the first new client of these months.")
            if found.parameters.cost_of_client is not None
            else _(
                "Shown once you enter what winning a client costs otherwise. No figure is made up "
                "here."
            )
        )
        return Section("saved", title, [], missing)
    otherwise, wins = found.parameters.value("cost_of_client_grosze"), found.ground.wins
    rests = mark_of(found, "hour_cost_grosze", "ask_minutes", "follow_minutes", data=True)
    rows = [
        Row(_("One client otherwise"), fmt.zl(otherwise), _("your own figure")),
        Row(_("One client by referral"), about(found.cost.by_win.value)),
        Row(_("Times new clients"), f"× {fmt.number(wins)}"),
        Row(_("Saved"), about(found.saved.value), total=True),
    ]
    return Section(
        "saved",
        title,
        [
            Line(_("One client otherwise"), fmt.zl(otherwise), YOURS, rows=rows[:1]),
            Line(
                _("One client by referral"),
                about(found.cost.by_win.value),
                rests,
                money_span(found.cost.by_win),
            ),
            Line(
                _("Saved on all of them"),
                about(found.saved.value),
                rests,
                money_span(found.saved),
                rows,
                strong=True,
            ),
        ],
    )


def given_back(found: Report) -> Section:
    """What of it went to those who asked."""
    ground = found.ground
    rows = [
        Row(_("Bonuses"), fmt.zl(ground.bonuses), _("gross, from the ledger's lines")),
        Row(_("Branch pools"), fmt.zl(ground.pool), _("a part of what was saved, gross")),
        Row(_("Given back"), fmt.zl(found.given_back), total=True),
    ]
    lines = [
        Line(_("Bonuses, gross"), whole(ground.bonuses), COUNTED, rows=rows[:1]),
        Line(_("Branch pools, gross"), whole(ground.pool), COUNTED, rows=rows[1:2]),
        Line(_("Together"), whole(found.given_back), COUNTED, rows=rows, strong=True),
    ]
    if found.left is not None and found.saved is not None:
        lines.append(
            Line(
                _("Stays in the firm of what was saved"),
                about(found.left.value),
                mark_of(found, "hour_cost_grosze", "ask_minutes", "follow_minutes", data=True),
                money_span(found.left),
                [
                    Row(_("Saved"), about(found.saved.value), _("bonuses deducted already")),
                    Row(_("Branch pools"), fmt.zl(-ground.pool)),
                    Row(_("Stays"), about(found.left.value), total=True),
                ],
            )
        )
    return Section("back", _("What they gave back"), lines)
