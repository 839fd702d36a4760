"""The bottom sheet: what the client answered, saved with as few taps as there are answers."""

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from polecam.actions import asks, invitations, referrals
from polecam.asking.models import Ask, Moment, Outcome, Script
from polecam.asking.queries import asked_in_last_week
from polecam.insights import reuse
from polecam.insights.estimate import of_referral
from polecam.insights.today import prospects
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals.models import Kind, Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture import words
from polecam.web.pages.capture.access import (
    ask_of,
    client_of,
    new_key,
    person_of,
    see_other,
)
from polecam.web.pages.capture.amounts import about
from polecam.web.pages.capture.forms import NameForm, SheetForm
from polecam.web.pages.words import scene
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.format import language
from polecam.web.ui.refusals import sentence_of

REFERENCE = "reference"
"""What an ask was about, as the form says it; anything else is a referral."""


@door("capture:asked", SELLERS)
@require_POST
def asked(request: Request, client: str) -> HttpResponse:
    """ "Zapytałam": the leaf counts now, the answer comes on the sheet."""
    who, person = client_of(request, client), person_of(request)
    moment = Moment.objects.filter(client=who, public_id=request.POST.get("moment", "")).first()
    script = Script.objects.filter(public_id=request.POST.get("script", "")).first()
    if script and script.seller_id not in (None, person.pk):
        script = None
    ask = asks.record(
        by=person,
        at=datetime.now(UTC),
        client=who,
        moment=moment,
        script=script,
        for_reference=request.POST.get("about") == REFERENCE,
        channel=request.POST.get("channel", ""),
        first=request.POST.get("first", "")[:64],
        key=request.POST.get("key", "")[:64] or new_key(),
    )
    return see_other(reverse("capture:sheet", args=[ask.public_id]))


@door("capture:sheet", SELLERS)
def sheet(request: Request, ask: str) -> HttpResponse:
    """Four answers; nothing typed is lost when one is refused."""
    found, at = ask_of(request, ask), datetime.now(UTC)
    if found.outcome != Outcome.OPEN and request.method != "POST":
        return HttpResponseRedirect(receipt_url(found))
    first = Outcome.AGREED if found.for_reference else Outcome.NAMES
    initial = {"outcome": first, "key": new_key(), "later": "30"}
    form = SheetForm(request.POST or None, initial=initial)
    labels = words.outcome_labels(found.client.party, for_reference=found.for_reference)
    form.fields["outcome"].choices = list(labels.items())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(_save(person_of(request), at, found, form))
        except Refused as error:
            form.add_error(_field(form, error), sentence_of(error))
    return render(
        request,
        "capture/sheet_reference.html" if found.for_reference else "capture/sheet.html",
        {**_around(person_of(request), at, found), "form": form},
        status=422 if form.errors else 200,
    )


def _save(person: Person, at: datetime, ask: Ask, form: SheetForm) -> str:
    outcome = form.cleaned_data["outcome"]
    if outcome == Outcome.NAMES:
        referral = referrals.capture(
            by=person,
            at=at,
            client=ask.client,
            ask=ask,
            first_name=form.cleaned_data["first_name"],
            need=form.cleaned_data["need"],
            key=form.cleaned_data["key"],
            language=language(),
        )
        return reverse("capture:receipt", args=[referral.public_id])
    later_on = form.due_on(day_of(at, firm().zone)) if outcome == Outcome.LATER else None
    answered = asks.answer(by=person, at=at, ask=ask, outcome=outcome, later_on=later_on)
    if outcome == Outcome.PASS_ON:
        invitations.make(by=person, at=at, client=ask.client, ask=answered, language=language())
    return reverse("capture:done", args=[ask.public_id])


def _field(form: NameForm, error: Refused) -> str | None:
    return error.field if error.field in form.fields else None


def receipt_url(ask: Ask) -> str:
    """Where an answered ask shows what came of it."""
    if ask.outcome == Outcome.NAMES:
        referral = Referral.objects.filter(ask=ask, erased_at=None).order_by("-id").first()
        if referral:
            return reverse("capture:receipt", args=[referral.public_id])
    return reverse("capture:done", args=[ask.public_id])


def _around(person: Person, at: datetime, ask: Ask) -> dict[str, object]:
    values = settings.values(
        "weekly_goal", "invitation_days", "exclusivity_days", at=at, branch=ask.branch_id
    )
    chances, rates = prospects(person, ask.branch, at=at, zone=firm().zone)
    part = reuse.ahead(person, ask.client, at=at)
    bonus = of_referral(chances, reuse.of_own_part(rates, part))
    return {
        "owners_part": part,
        "ask": ask,
        "client": ask.client,
        "prompts": scene.prompts(),
        "question": words.question(ask.client.party),
        "asks": asked_in_last_week(person, at),
        "goal": person.weekly_goal or values["weekly_goal"],
        **about(bonus),
        "exclusivity_days": values["exclusivity_days"],
        "invitation_ends": day_of(at + timedelta(days=values["invitation_days"]), firm().zone),
    }


@door("capture:unasked", SELLERS)
def unasked(request: Request, client: str) -> HttpResponse:
    """The client recommended someone unasked: a referral without an ask."""
    who, at = client_of(request, client), datetime.now(UTC)
    form = NameForm(request.POST or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            made = referrals.capture(
                by=person_of(request),
                at=at,
                client=who,
                kind=Kind.SPONTANEOUS,
                language=language(),
                **form.cleaned_data,
            )
        except Refused as error:
            form.add_error(_field(form, error), sentence_of(error))
        else:
            return see_other(reverse("capture:receipt", args=[made.public_id]))
    part = reuse.ahead(person_of(request), who, at=at)
    context = {"form": form, "client": who, "owners_part": part, "prompts": scene.prompts()}
    return render(request, "capture/unasked.html", context, status=422 if form.errors else 200)
