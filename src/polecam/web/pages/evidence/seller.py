"""Why what is good for the firm is good for me: own sums beside the branch's, for one seller."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from polecam.insights.evidence_mine import Mine, of_branch, of_seller
from polecam.insights.evidence_report import Report, report
from polecam.insights.hours import Hour, Usual, hours
from polecam.insights.parameters import in_force
from polecam.kit.periods import month_of, previous_month
from polecam.people.permissions import Permission
from polecam.web.access import SELLERS, door
from polecam.web.pages.evidence import paper, words
from polecam.web.pages.evidence.words import COUNTED, Line, Section
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.parts import Row
from polecam.web.ui.places import places

MONTHS = 12


@door("evidence:mine", SELLERS)
@require_safe
def page(request: Request) -> HttpResponse:
    """Four steps: what a client is worth, what of it is mine, my hour, and what comes back."""
    context = _sections(request)
    return render(request, "evidence/mine.html", context)


@door("evidence:mine_pdf", SELLERS)
@require_safe
def pdf(request: Request) -> HttpResponse:
    """The same on one sheet, in Polish or English (`?lang=`)."""
    language = "en" if request.GET.get("lang") == "en" else "pl"
    with translation.override(language):
        found = _sections(request)
        said: dict[str, Any] = {
            "lang": language,
            "title": _("Why it is good for me, too"),
            "lead": f"{request.user.full_name}, {found['since']}",
            "tiles": found["tiles"],
            "charts": [],
            "sections": [section.on_paper for section in found["sections"]],
            "sources": [],
            "method": paper.method(),
            "foot": paper.foot(firm().name, fmt.day(datetime.now(UTC))),
        }
        name = _("my-evidence")
    answer = HttpResponse(paper.pdf(said), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.pdf"'
    return answer


def _sections(request: Request) -> dict[str, Any]:
    at, house, person = datetime.now(UTC), firm(), request.user
    choice = places(request, Permission.SEE_OWN_MONEY)
    home = choice.chosen
    months = [month_of(at, house.zone)]
    while len(months) < MONTHS:
        months.append(previous_month(months[-1]))
    parameters = in_force(at, business=house.business, branch=home)
    branch = report(of_branch(home, at, house.zone), parameters)
    mine = of_seller(person, months, house.zone)
    usual = Usual(parameters.value("ask_minutes"), parameters.value("follow_minutes"))
    hour = hours(person, months, zone=house.zone, usual=usual)[0]
    return {
        "places": choice,
        "since": f"{fmt.month(months[-1])}–{fmt.month(months[0])}",
        "sections": [_to_the_firm(branch), _to_me(mine, hour), _my_hour(hour), _back(mine)],
        "tiles": _tiles(mine, hour, branch),
    }


def _tiles(mine: Mine, hour: Hour, branch: Report) -> list[list[str]]:
    found = [
        [_("my bonuses, gross"), fmt.zl(hour.earned or 0), ""],
        [_("sales with a share of mine"), fmt.number(mine.sales), ""],
        [
            _("one recommended client to the branch"),
            words.about(branch.worth.referred.value),
            words.money_span(branch.worth.referred),
        ],
    ]
    if hour.value:
        value = words.about(hour.value.value)
        found.append([_("my hour, gross"), value, words.money_span(hour.value)])
    return found


def _to_the_firm(branch: Report) -> Section:
    worth = branch.worth
    mark = words.mark_of(branch, "yearly_margin_grosze", "retention_bp", "discount_bp", data=True)
    lines = [
        Line(
            _("One recommended client over the years"),
            words.about(worth.referred.value),
            mark,
            words.money_span(worth.referred),
            [
                Row(_("Margin of a year"), words.about(worth.margin.value)),
                Row(_("Over their time with you"), words.about(worth.clv.value)),
                Row(_("Came recommended"), words.about(worth.referred.value), total=True),
            ],
            strong=True,
        )
    ]
    if branch.saved is not None:
        lines.append(
            Line(
                _("Saved by the branch in these months"),
                words.about(branch.saved.value),
                words.mark_of(branch, "hour_cost_grosze", "ask_minutes", data=True),
                words.money_span(branch.saved),
            )
        )
    why = _(
        "Sums of the branch from months of five people or more. Recommended clients are worth at "
        "least %(more)s more in banking (Schmitt, Skiera and Van den Bulte 2011) and recommend "
        "%(often)s more often themselves (Gershon and Jiang 2024)."
    ) % {"more": fmt.percent(1_600), "often": "31–57%"}
    return Section("firm", _("1. The branch wins"), lines, note=why)


def _to_me(mine: Mine, hour: Hour) -> Section:
    sales = ngettext("%(n)s sale", "%(n)s sales", mine.sales) % {"n": fmt.number(mine.sales)}
    row = Row(_("Bonus"), fmt.zl(hour.earned or 0), _("gross, your own lines of twelve months"))
    return Section(
        "me",
        _("2. A part of it is mine"),
        [
            Line(
                _("My bonuses, gross"), fmt.zl(hour.earned or 0), COUNTED, rows=[row], strong=True
            ),
            Line(_("Sales with a share of mine"), fmt.tie(sales), COUNTED),
        ],
        note=_("Only you see your amounts."),
    )


def _my_hour(hour: Hour) -> Section:
    title = _("3. My hour")
    if not hour.value:
        return Section("hour", title, [], _("Shown from half an hour of time on. See My time."))
    marks = {"timed": words.COUNTED, "reported": words.YOURS, "default": words.DEFAULT}
    return Section(
        "hour",
        title,
        [
            Line(
                _("One hour of referrals, gross"),
                words.about(hour.value.value),
                marks[hour.grade],
                words.money_span(hour.value),
                strong=True,
            )
        ],
        note=_("Your bonus divided by your time. Where no time is noted, it is assumed."),
    )


def _back(mine: Mine) -> Section:
    """One's own part alone: what flows in with a single sale would tell a colleague's bonus for it.
    The page of the pool tells the whole, months of five people together."""
    return Section(
        "back",
        _("4. Some comes back to the team"),
        [Line(_("Of the pool, to me, gross"), fmt.zl(mine.pool), COUNTED, strong=True)],
        note=_("A part of what your referrals save is shared in the team, by the plan's rule."),
    )
