"""What referrals brought, cost, saved and gave back: on a page, printed, and as a PDF."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.insights.evidence_data import PERIODS, ground
from polecam.insights.evidence_report import Report, report
from polecam.insights.parameters import in_force
from polecam.organisation.models import Branch
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, MANAGERS, REGIONS, door
from polecam.web.pages.evidence import brought, paper, returned, spent, words
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.parts import Against


@door("evidence:firm", MANAGERS | ADMINS | REGIONS)
@require_safe
def page(request: Request) -> HttpResponse:
    """`?period=quarter|year|all`, `?branch=` where there is more than one."""
    period, branch, branches = _chosen(request)
    found = _found(request, branch, branches, period)
    context = {
        "period": period,
        "periods": words.periods(),
        "branch": branch,
        "branches": branches if len(branches) > 1 else [],
        "found": found,
        "span": words.span_of_months(found.ground),
        "sections": sections(found),
        "tiles": tiles(found),
        "against": _against(found),
        "hour": _hour(found),
        "query": f"period={period}" + (f"&branch={branch.public_id}" if branch else ""),
    }
    return render(request, "evidence/firm.html", context)


@door("evidence:pdf", MANAGERS | ADMINS | REGIONS)
@require_safe
def pdf(request: Request) -> HttpResponse:
    """One page for the head office, in Polish or English (`?lang=`)."""
    period, branch, branches = _chosen(request)
    found = _found(request, branch, branches, period)
    language = "en" if request.GET.get("lang") == "en" else "pl"
    with translation.override(language):
        said = {
            "lang": language,
            "title": _("What referrals bring us"),
            "lead": f"{branch.name if branch else firm().name}, "
            + (words.span_of_months(found.ground) or _("no months to tell yet")),
            "tiles": tiles(found),
            "charts": [
                {"title": _("One client: otherwise and by referral"), "bars": _bars(found)},
                {"title": _("One hour: what it costs and what it brings"), "bars": _hour(found)},
            ],
            "sections": [section.on_paper for section in sections(found)],
            "method": paper.method(),
            "sources": paper.sources(found.parameters),
            "foot": paper.foot(firm().name, fmt.day(datetime.now(UTC))),
        }
        name = _("evidence-of-referrals")
    answer = HttpResponse(paper.pdf(said), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.pdf"'
    return answer


def sections(found: Report) -> list[words.Section]:
    """The report, question by question."""
    return [
        brought.brought(found),
        spent.cost(found),
        spent.saved(found),
        spent.given_back(found),
        returned.returns(found),
    ]


def tiles(found: Report) -> list[list[str]]:
    """The four figures one remembers: label, value, range."""
    chosen = [
        [_("new clients"), fmt.number(found.ground.wins), ""],
        [
            _("they bring over the years"),
            words.about(found.worth.together.value),
            words.money_span(found.worth.together),
        ],
        [
            _("they cost"),
            words.about(found.cost.total.value),
            words.money_span(found.cost.total),
        ],
    ]
    if found.saved is not None:
        saved = [_("saved"), words.about(found.saved.value), words.money_span(found.saved)]
        return [*chosen, saved]
    hour = found.ask.per_hour
    return [
        *chosen,
        [_("an hour of asking"), words.about(hour.value), words.money_span(hour)],
    ]


def _chosen(request: Request) -> tuple[str, Branch | None, list[Branch]]:
    """Period, branch (None: all that one may see), and those branches."""
    ids = standing(request.user).branches(Permission.SEE_EVIDENCE)
    branches = list(Branch.objects.filter(pk__in=ids).order_by("name", "id"))
    asked = request.GET.get("branch", "")
    branch = next((one for one in branches if one.public_id == asked), None)
    if asked and branch is None:
        raise Http404
    if len(branches) == 1:
        branch = branches[0]
    period = request.GET.get("period", "year")
    return period if period in PERIODS else "year", branch, branches


def _found(request: Request, branch: Branch | None, branches: list[Branch], period: str) -> Report:
    at, house = datetime.now(UTC), firm()
    ids = [branch.pk] if branch else [one.pk for one in branches]
    parameters = in_force(at, business=house.business, branch=branch)
    history = standing(request.user).history
    return report(ground(ids, at, house.zone, period, history), parameters)


def _against(found: Report) -> list[Against]:
    """One client: otherwise and by referral."""
    if found.saved is None or found.cost.by_win is None:
        return []
    otherwise = found.parameters.value("cost_of_client_grosze")
    by_referral = round(found.cost.by_win.value / 100) * 100
    return [
        Against(_("One client otherwise"), otherwise),
        Against(_("One client by referral"), by_referral, "leaf"),
    ]


def _bars(found: Report) -> list[tuple[str, float, str, bool]]:
    return [
        (one.label, one.grosze, words.whole(one.grosze), one.tone == "leaf")
        for one in _against(found)
    ]


def _hour(found: Report) -> list[tuple[str, float, str, bool]]:
    """One hour: what it costs and what it brings."""
    costs = found.parameters.value("hour_cost_grosze")
    brings = max(0.0, found.ask.per_hour.value)
    return [
        (_("An hour brings"), brings, words.about(brings), True),
        (_("An hour costs"), costs, fmt.zl(costs), False),
    ]
