"""What the holder does with a referral: each act has its own address, a page and one action."""

import secrets
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import referrals_work, sales
from polecam.claims import queries as claims
from polecam.kit.errors import NotAllowed, Refused
from polecam.privacy.queries import active_channels
from polecam.referrals.models import Meeting, Referral
from polecam.sales.queries import of_referral
from polecam.sales.rules import is_late
from polecam.web.access import SELLERS, door
from polecam.web.pages.referrals import forms, page
from polecam.web.pages.referrals.views import found
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


def mine(request: Request, ref: str, at: datetime) -> Referral:
    """A referral the signed-in person works or worked. Raises Http404 for anyone else's."""
    referral = found(request.user, ref, at)
    claim = claims.active(referral, at=at)
    if claim is not None and claim.holder_id != request.user.pk:
        raise Http404
    return referral


def typed(request: Request) -> QueryDict | None:
    """What was sent; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def back(request: Request, referral: Referral, said: str = "") -> HttpResponse:
    """To the referral's page, with a sentence."""
    if said:
        messages.success(request, said)
    address = reverse("referrals:one", args=[referral.public_id])
    return HttpResponseRedirect(address, status=303)


def sheet(request: Request, name: str, referral: Referral, form: Any, **more: Any) -> HttpResponse:
    """One task on its own page; what was typed stays."""
    context = {"form": form, "referral": referral, "who": page.short_name(referral)} | more
    status = 422 if form.errors else 200
    return render(request, f"referrals/{name}.html", context, status=status)


@door("referrals:contact", SELLERS)
@BOTH
def contact(request: Request, ref: str) -> HttpResponse:
    """Note how a call, an SMS or an e-mail went."""
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    channels = active_channels(referral.public_id, at=at) & set(referrals_work.CALLING)
    if not channels or request.POST.get("channel", next(iter(channels))) not in channels:
        raise Refused("no_consent")
    initial = {"key": secrets.token_hex(16), "result": request.GET.get("result", "")}
    form = forms.ContactForm(typed(request), channels=channels, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = form.cleaned_data
        try:
            referrals_work.log_contact(by=request.user, at=at, referral=referral, **done)
        except Refused as error:
            form.refuse(error)
        else:
            said = {
                "reached": _("Recorded. Your exclusivity lasts at least 30 more days."),
                "no_answer": _("Recorded. Another time, then."),
                "wrong_number": _("Recorded. The friend can correct it by their own link."),
            }
            return back(request, referral, said[done["result"]])
    return sheet(request, "contact", referral, form)


@door("referrals:meeting", SELLERS)
@BOTH
def meeting(request: Request, ref: str) -> HttpResponse:
    """Set a meeting, or move the one ahead."""
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    ahead = open_meeting(referral)
    zone = ZoneInfo(firm().zone)
    initial = {}
    if ahead:
        initial = {"day": fmt.as_day(ahead.at), "hour": fmt.local(ahead.at).time()}
    elif referral.preferred_day and referral.preferred_day >= fmt.today():
        initial = {"day": referral.preferred_day}
    form = forms.MeetingForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = referrals_work.set_meeting(
                by=request.user, at=at, referral=referral, meeting_at=form.at(zone)
            )
        except Refused as error:
            form.refuse(error)
        else:
            when = f"{fmt.weekday(made.at)}, {fmt.clock(made.at)}"
            return back(request, referral, _("Arranged: %(when)s.") % {"when": when})
    return sheet(request, "meeting", referral, form, ahead=ahead)


def open_meeting(referral: Referral) -> Meeting | None:
    """The meeting that is neither held nor missed."""
    return (
        Meeting.objects.filter(referral=referral, held_at=None, missed_at=None)
        .select_related("referral")
        .first()
    )


def _settle(request: Request, ref: str, act: Any, said: str) -> HttpResponse:
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    waiting = open_meeting(referral)
    if waiting is None:
        messages.error(request, sentence_of(Refused("meeting_missing")))
        return back(request, referral)
    try:
        act(by=request.user, at=at, meeting=waiting)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back(request, referral)
    return back(request, referral, said)


@door("referrals:held", SELLERS)
@require_POST
def held(request: Request, ref: str) -> HttpResponse:
    """The meeting took place."""
    said = _("Recorded. The boss or the friend confirms it, then it counts.")
    return _settle(request, ref, referrals_work.hold_meeting, said)


@door("referrals:missed", SELLERS)
@require_POST
def missed(request: Request, ref: str) -> HttpResponse:
    """The friend did not come."""
    said = _("Recorded. It takes nothing away from you. Another day, perhaps.")
    return _settle(request, ref, referrals_work.miss_meeting, said)


@door("referrals:step", SELLERS)
@BOTH
def step(request: Request, ref: str) -> HttpResponse:
    """Plan what comes next."""
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    due = fmt.as_day(referral.next_step_at) if referral.next_step_at else None
    form = forms.StepForm(
        typed(request), initial={"step": referral.next_step, "on": due or fmt.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            referrals_work.plan_step(by=request.user, at=at, referral=referral, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            day = fmt.near(form.cleaned_data["on"])
            return back(request, referral, _("It will come back %(day)s.") % {"day": day})
    return sheet(request, "step", referral, form)


@door("referrals:lost", SELLERS)
@BOTH
def lost(request: Request, ref: str) -> HttpResponse:
    """End it quietly."""
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    form = forms.LostForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            referrals_work.lose(by=request.user, at=at, referral=referral, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            return back(request, referral, _("Closed. The authorship stays yours."))
    return sheet(request, "lost", referral, form)


@door("referrals:won", SELLERS)
@BOTH
def won(request: Request, ref: str) -> HttpResponse:
    """Report the sale, or correct it until it is confirmed."""
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    sale = of_referral(referral)
    initial: dict[str, Any] = {"sold_on": fmt.today()}
    if sale and sale.state == "reported":
        initial = {
            "value": forms.typed_amount(sale.value_grosze),
            "margin": forms.typed_amount(sale.margin_grosze),
            "sold_on": sale.sold_on,
            "contract": sale.contract,
            "late_reason": sale.late_reason,
        }
    late = bool(request.POST.get("late_reason")) or is_late(initial["sold_on"], fmt.today())
    form = forms.WonForm(typed(request), initial=initial, late=late)
    if request.method == "POST" and form.is_valid():
        done = form.cleaned_data
        try:
            sales.report(
                by=request.user,
                at=at,
                referral=referral,
                value_grosze=done["value"],
                margin_grosze=done["margin"],
                sold_on=done["sold_on"],
                contract=done["contract"],
                late_reason=done["late_reason"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            said = _("Reported. The amount is probable until someone else confirms the sale.")
            return back(request, referral, said)
    return sheet(request, "won", referral, form, sale=sale)


@door("referrals:take_back", SELLERS)
@require_POST
def take_back(request: Request, ref: str) -> HttpResponse:
    """The seller's own slip: a report that nobody has confirmed yet is undone."""
    at = datetime.now(UTC)
    referral = mine(request, ref, at)
    sale = of_referral(referral)
    if sale is None:
        return back(request, referral)
    try:
        sales.take_back(by=request.user, at=at, sale=sale)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back(request, referral)
    return back(request, referral, _("The report is taken back."))
