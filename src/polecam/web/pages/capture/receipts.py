"""After saving: whose it is, until when, what it may bring, how the invitation gets there; undo."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import asks, invitations, referrals
from polecam.asking.models import Ask, FollowUp, Outcome
from polecam.asking.queries import asked_in_last_week
from polecam.claims import papers
from polecam.insights import reuse
from polecam.insights.estimate import of_referral
from polecam.insights.today import prospects
from polecam.kit.errors import Refused
from polecam.kit.polish_endings import Case
from polecam.organisation import settings
from polecam.organisation.secrecy import bank_secrecy
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals import links
from polecam.referrals.invitations import is_open
from polecam.referrals.models import Invitation, Referral
from polecam.referrals.rules import UNANSWERED, may_undo
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture import words
from polecam.web.pages.capture.access import (
    ask_of,
    invitation_of,
    person_of,
    referral_of,
    see_other,
)
from polecam.web.pages.capture.amounts import about
from polecam.web.pages.capture.forms import WordsForm
from polecam.web.pages.capture.warmth import STEPS
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of


@door("capture:receipt", SELLERS)
@require_safe
def referral(request: Request, referral: str) -> HttpResponse:
    """The receipt of a named friend."""
    found, at = referral_of(request, referral), datetime.now(UTC)
    if found.party is None or found.invitation is None:
        return HttpResponseRedirect(reverse("today:today"))
    values = settings.values("exclusivity_days", "undo_minutes", at=at, branch=found.branch_id)
    chances, rates = prospects(person_of(request), found.branch, at=at, zone=firm().zone)
    part = reuse.of_referral(person_of(request), found, found.invitation.client)
    bonus = of_referral(chances, reuse.of_own_part(rates, part))
    context = {
        "referral": found,
        "from_client": words.from_client(found.invitation.client.party),
        "receipt": next(iter(papers.of_referral(person_of(request), found.public_id)), None),
        "exclusivity_days": values["exclusivity_days"],
        "owners_part": part,
        "warmth_steps": STEPS,
        "friend_name": found.party.first_name,
        **about(bonus),
        "undo_url": reverse("capture:undo_referral", args=[found.public_id])
        if found.state in UNANSWERED and may_undo(found.captured_at, at, values["undo_minutes"])
        else "",
        **passing_on(person_of(request), found.invitation, found.party, at),
    }
    return render(request, "capture/receipt.html", context)


@door("capture:done", SELLERS)
@require_safe
def answered(request: Request, ask: str) -> HttpResponse:
    """What came of the other three answers: a link to pass on, a date, or a kind word."""
    found, at, person = ask_of(request, ask), datetime.now(UTC), person_of(request)
    if found.outcome in (Outcome.OPEN, Outcome.NAMES):
        return HttpResponseRedirect(reverse("capture:sheet", args=[found.public_id]))
    values = settings.values(
        "weekly_goal", "undo_minutes", "ask_rest_days", at=at, branch=found.branch_id
    )
    context = {
        "ask": found,
        "client": found.client,
        "asks": asked_in_last_week(person, at),
        "goal": person.weekly_goal or values["weekly_goal"],
        "rest_days": values["ask_rest_days"],
        "follow_up": FollowUp.objects.filter(ask=found, done_at=None).first(),
        "undo_url": reverse("capture:undo", args=[found.public_id])
        if may_undo(found.answered_at or found.asked_at, at, values["undo_minutes"])
        else "",
        "name_genitive": words.polite_name(found.client.party, Case.GENITIVE),
        "name_dative": words.polite_name(found.client.party, Case.DATIVE),
    }
    made = Invitation.objects.filter(ask=found, reusable=True, seller=person).first()
    if found.outcome == Outcome.PASS_ON and made:
        made.client = found.client
        context |= passing_on(person, made, None, at)
        context["owners_part"] = reuse.ahead(person, found.client, at=at)
    return render(request, "capture/done.html", context)


def passing_on(
    person: Person, invitation: Invitation, friend: Party | None, at: datetime
) -> dict[str, object]:
    """The invitation's text and links, ready for the share sheet, the clipboard and the QR."""
    client = invitation.client.party
    secret = bank_secrecy(at=at, branch=invitation.branch_id)
    text = words.invitation_text(invitation, friend, person, secret=secret)
    return {
        "invitation": invitation,
        "client": invitation.client,
        "friend": friend,
        "invitation_open": is_open(invitation, at),
        "text": text,
        "from_to": words.from_to(client, friend),
        "client_url": links.client_url(invitation),
        "message": words.message_to_client(invitation, client, friend),
        "name_dative": words.polite_name(client, Case.DATIVE),
        "name_nominative": words.polite_name(client),
        "words_form": WordsForm(initial={"words": text, "language": invitation.language}),
    }


@door("capture:reword", SELLERS)
@require_POST
def reword(request: Request, invitation: str) -> HttpResponse:
    """Change the invitation's text; untouched, it stays the house's, in the chosen language."""
    found = invitation_of(request, invitation)
    form = WordsForm(request.POST)
    back = _page_of(found)
    if not form.is_valid():
        messages.error(request, _("The text was not saved: it is too long or has no language."))
        return see_other(back)
    typed, language = form.cleaned_data["words"].strip(), form.cleaned_data["language"]
    try:
        invitations.reword(
            by=person_of(request),
            at=datetime.now(UTC),
            invitation=found,
            words="" if _is_house_text(typed, found, person_of(request)) else typed,
            language=language,
        )
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("The invitation's text is saved."))
    return see_other(back)


def _is_house_text(typed: str, invitation: Invitation, person: Person) -> bool:
    friend = _friend_of(invitation)
    plain = typed.replace("\u00a0", " ")
    return any(
        plain == words.house_text(language, friend, person, secret=secret).replace("\u00a0", " ")
        for language in ("pl", "en")
        for secret in (False, True)
    )


def _friend_of(invitation: Invitation) -> Party | None:
    if invitation.reusable:
        return None
    row = Referral.objects.filter(invitation=invitation).select_related("party").first()
    return row.party if row else None


def _page_of(invitation: Invitation) -> str:
    row = None
    if not invitation.reusable:
        row = Referral.objects.filter(invitation=invitation).first()
    if row:
        return reverse("capture:receipt", args=[row.public_id])
    if invitation.ask:
        return reverse("capture:done", args=[invitation.ask.public_id])
    return reverse("capture:show", args=[invitation.public_id])


@door("capture:undo_referral", SELLERS)
@require_POST
def undo_referral(request: Request, referral: str) -> HttpResponse:
    """Back to the sheet, so that a slip can be put right."""
    found = referral_of(request, referral)
    try:
        undone = referrals.undo(by=person_of(request), at=datetime.now(UTC), referral=found)
    except Refused as error:
        messages.error(request, sentence_of(error))
        return see_other(reverse("capture:receipt", args=[found.public_id]))
    messages.success(request, _("Taken back. Nobody got anything."))
    if undone.ask_id and undone.ask:
        return see_other(reverse("capture:sheet", args=[undone.ask.public_id]))
    return see_other(reverse("today:today"))


@door("capture:undo", SELLERS)
@require_POST
def undo_ask(request: Request, ask: str) -> HttpResponse:
    """Take the whole ask back; an open one may also turn out never to have been asked."""
    person, at = person_of(request), datetime.now(UTC)
    found = ask_of(request, ask)
    try:
        _take_back(person, at, found)
    except Refused as error:
        messages.error(request, sentence_of(error))
        return see_other(reverse("capture:done", args=[found.public_id]))
    messages.success(request, _("Taken back, as if it had not been."))
    return see_other(reverse("today:today"))


def _take_back(person: Person, at: datetime, ask: Ask) -> None:
    minutes = settings.value("undo_minutes", at=at, branch=ask.branch_id)
    late = at > ask.asked_at + timedelta(minutes=minutes)
    if ask.outcome == Outcome.OPEN and late:
        asks.answer(by=person, at=at, ask=ask, outcome=Outcome.NOT_ASKED)
    else:
        asks.undo(by=person, at=at, ask=ask)
