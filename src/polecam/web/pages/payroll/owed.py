"""Receivables: who owes what back, and how a part of it ended. Never a silent deduction."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import receivables as actions
from polecam.bonuses.closing import receivables
from polecam.bonuses.models import NettingConsent, Settlement
from polecam.insights import closing_desk
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.web.access import PAYROLL, door
from polecam.web.pages.payroll.answers import complain, show, to
from polecam.web.pages.payroll.forms import Settle
from polecam.web.types import Request
from polecam.web.ui import format as fmt

ON_PAGE = 50


@door("payroll:owed", PAYROLL)
@require_safe
def owed(request: Request) -> HttpResponse:
    """Everyone who owes something back, and what they agreed to."""
    owing = receivables.owing()
    people = closing_desk.payees(request.user).filter(pk__in=list(owing))
    page = Paginator(people.order_by("last_name", "first_name", "id"), ON_PAGE).get_page(
        request.GET.get("page")
    )
    left = _limits([one.pk for one in page.object_list])
    listed = [(one, owing[one.pk], left.get(one.pk)) for one in page.object_list]
    done = Settlement.objects.filter(person__in=closing_desk.payees(request.user))
    context = {
        "page": page,
        "rows": listed,
        "done": done.select_related("person").order_by("-at", "-id")[:20],
    }
    return render(request, "payroll/owed.html", context)


def _limits(people: list[int]) -> dict[int, int]:
    """Person id -> what of their agreement is not used up, in grosze."""
    consents = NettingConsent.objects.filter(person__in=people, withdrawn_at=None)
    rows = consents.annotate(used=Sum("settlement__amount_grosze"))
    return {
        person: limit - (used or 0)
        for person, limit, used in rows.values_list("person", "limit_grosze", "used")
    }


@door("payroll:settle", PAYROLL)
@require_http_methods(["GET", "POST"])
def settle(request: Request, public_id: str) -> HttpResponse:
    """A part of what one person owes is netted with consent, paid back, or let go."""
    at = datetime.now(UTC)
    person = get_object_or_404(closing_desk.payees(request.user), public_id=public_id)
    form = Settle(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.settle(
                by=request.user,
                at=at,
                person=person,
                way=form.cleaned_data["way"],
                amount_grosze=int(form.cleaned_data["amount"] * 100),
                why=form.cleaned_data["why"],
            )
        except Refused as error:
            complain(form, error)
        else:
            said = _("%(amount)s gross is settled.") % {"amount": fmt.zl(made.amount_grosze)}
            messages.success(request, said)
            return to("payroll:owed")
    return show(request, "payroll/settle.html", form, **_about(person, at))


def _about(person: Person, at: datetime) -> dict[str, object]:
    about: dict[str, object] = {"person": person, "owed": receivables.owed(person.pk)}
    left = _limits([person.pk]).get(person.pk)
    if left is not None:  # what the next statement pays matters only to who agreed
        month = receivables.netting_month(at)
        about |= {"month": month, "pays": max(0, receivables.payout(person.pk, month))}
    return about | {"left": left}
