"""Hand-offs: what waits for whom, one of them, and its answers; each answer has its own address."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import handoff_answers, handoffs
from polecam.claims.handoffs import queries, rules
from polecam.claims.handoffs.rules import ANYONE
from polecam.claims.models import OPEN_HANDOFFS, Handoff
from polecam.insights.meanwhile import returned_from
from polecam.kit.errors import NotAllowed, Refused
from polecam.people import queries as people
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.handoffs import forms, page
from polecam.web.pages.handoffs.away import away_row
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words as words
from polecam.web.ui.refusals import sentence_of

RECENT = timedelta(days=60)
MOST = 30


def found(person: Person, ref: str, at: datetime) -> Handoff:
    """The hand-off with this public id, if the person may know of it.

    Raises Http404, and Refused("handoff_taken") for whoever fitted, once somebody else was faster.
    """
    try:
        return queries.find(person, ref, at=at)
    except Handoff.DoesNotExist:
        if queries.missed(person, ref, at=at):
            raise Refused("handoff_taken") from None
        raise Http404 from None


@door("handoffs:list", SELLERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """What waits for my word, what is on its way, what came of the rest; who is away."""
    at, reader = datetime.now(UTC), request.user
    rows = list(
        queries.visible_to(reader, at=at)
        .filter(made_at__gt=at - RECENT)
        .select_related(*queries.WITH)
        .order_by("-made_at", "-id")[: 3 * MOST]
    )
    live = [h for h in rows if h.state in OPEN_HANDOFFS and h.expires_at > at]
    mine = [h for h in live if page.asks(reader, h)]
    others = [h for h in live if h not in mine]
    over = [h for h in rows if h not in live][:MOST]
    groups = [
        (_("Waits for your word"), mine),
        (_("On their way"), others),
        (_("Lately"), over),
    ]
    today = fmt.today()
    absences = people.absences(reader).filter(ended_at=None, until__gt=today)
    context = {
        "groups": [(title, [page.row(h, reader) for h in some]) for title, some in groups if some],
        "absences": [away_row(absence, reader) for absence in absences],
        "back": returned_from(reader, at=at),
        "plans": standing(reader).may(Permission.PLAN_ABSENCE),
    }
    return render(request, "handoffs/list.html", context)


@door("handoffs:one", SELLERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """Who, why, the split both see, what it may be worth, and the answer."""
    at = datetime.now(UTC)
    handoff = found(request.user, ref, at)
    return render(request, "handoffs/one.html", page.context(request.user, handoff, at=at))


def back(handoff: Handoff) -> HttpResponse:
    """To the page of the hand-off."""
    return HttpResponseRedirect(reverse("handoffs:one", args=[handoff.public_id]), status=303)


def _answer(
    request: Request, ref: str, act: Callable[..., Handoff], said: Callable[[Handoff], str]
) -> HttpResponse:
    at = datetime.now(UTC)
    handoff = found(request.user, ref, at)
    try:
        done = act(by=request.user, at=at, handoff=handoff)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, said(done))
    return back(handoff)


@door("handoffs:accept", SELLERS)
@require_POST
def accept(request: Request, ref: str) -> HttpResponse:
    """I take it."""

    def said(handoff: Handoff) -> str:
        if handoff.state == "done":
            return _("It is yours to lead now. The contact is open.")
        return _("Agreed. The friend says the last word; you will see it here.")

    return _answer(request, ref, handoff_answers.accept, said)


@door("handoffs:decline", SELLERS)
@require_POST
def decline(request: Request, ref: str) -> HttpResponse:
    """Not this time; no reason is asked."""
    said = _("All right. It stays where it was.")
    return _answer(request, ref, handoff_answers.decline, lambda handoff: said)


@door("handoffs:withdraw", SELLERS)
@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    """Take it back."""
    said = _("Taken back. Everything is as before.")
    return _answer(request, ref, handoff_answers.withdraw, lambda handoff: said)


@door("handoffs:agree", SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: Request, ref: str) -> HttpResponse:
    """The holder agrees to what the boss proposed, with this split or another."""
    at = datetime.now(UTC)
    handoff = found(request.user, ref, at)
    if page.asks(request.user, handoff) != "agree":
        raise Refused("handoff_over")
    split = queries.parts_of(handoff)
    kept = rules.part(split, handoff.giver_id)
    initial = {
        "kept": forms.typed_percent(kept),
        "floor": forms.typed_percent(handoff.floor_bp),
    }
    form = forms.SplitForm(request.POST or None, initial=initial, notes=False)
    if request.method == "POST" and form.is_valid():
        parts = rules.split(
            queries.in_force(handoff.referral),
            giver_id=handoff.giver_id,
            originator_id=handoff.referral.originator_id,
            receiver_id=handoff.receiver_id or ANYONE,
            kept_bp=form.cleaned_data["kept"],
        )
        try:
            handoffs.agree(
                by=request.user,
                at=at,
                handoff=handoff,
                parts=parts,
                floor_bp=form.cleaned_data["floor"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Offered. Nothing moves before the answer."))
            return back(handoff)
    members = page.people_of(handoff, split)
    context = {
        "form": form,
        "handoff": handoff,
        "about": words.about(handoff, request.user),
        "parts": words.drawn(split, members, request.user),
        "split_words": words.in_words(split, members, request.user),
        "lowest": fmt.percent(queries.lowest_floor(handoff.referral, at=at)),
    }
    status = 422 if form.errors else 200
    return render(request, "handoffs/agree.html", context, status=status)
