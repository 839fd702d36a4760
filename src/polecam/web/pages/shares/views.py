"""The shares of a referral: what is in force, another split proposed and answered, the history."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import proposals
from polecam.claims import queries as claims
from polecam.claims.models import ProposalState, ShareProposal
from polecam.claims.shares import queries
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.queries import team
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.shares import page
from polecam.web.pages.shares.forms import SplitForm
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def found(request: Request, ref: str, at: datetime) -> Referral:
    """The referral with this public id, if the person may read its shares. Raises Http404."""
    rows = queries.with_share(request.user, at=at).select_related("party")
    referral = rows.filter(public_id=ref).first()
    if referral is None:
        raise Http404
    return referral


def back(referral: Referral) -> HttpResponseRedirect:
    """To the shares, as after every POST."""
    return HttpResponseRedirect(reverse("shares:one", args=[referral.public_id]), status=303)


def tell(request: Request, error: Refused) -> None:
    """Say why it was not done; a missing permission is no mistake."""
    if isinstance(error, NotAllowed):
        raise error
    messages.error(request, sentence_of(error))


@door("shares:one", SELLERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """The split in force, a proposal that waits, and the journal of shares."""
    at = datetime.now(UTC)
    referral = found(request, ref, at)
    return render(request, "shares/one.html", page.context(request.user, referral, at=at))


@door("shares:propose", SELLERS)
@require_http_methods(["GET", "POST"])
def propose(request: Request, ref: str) -> HttpResponse:
    """Propose another split; what was typed stays when it is refused."""
    at = datetime.now(UTC)
    referral = found(request, ref, at)
    if not queries.is_party(request.user, referral, at=at):
        raise Http404
    now = claims.share_sets(referral)[-1]
    inside = {share.person_id for share in now}
    others = [person for person in team(referral.branch_id) if person.pk not in inside]
    form = SplitForm(request.POST or None, now=now, colleagues=others, initial={"reason": "joint"})
    if request.method == "POST" and form.is_valid():
        try:
            made = proposals.propose(
                by=request.user,
                at=at,
                referral=referral,
                parts=form.cleaned_data["parts"],
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _said(made))
            return back(referral)
    context = {"form": form, "referral": referral, "name": page.friend_name(referral)}
    return render(request, "shares/propose.html", context, status=422 if form.errors else 200)


def _said(proposal: ShareProposal) -> str:
    if proposal.state == ProposalState.AGREED:
        return _("The new split is in force. What was credited before stays as it was.")
    return _("Proposed. It counts once everyone who would get less agrees.")


def _proposal(request: Request, public_id: str) -> ShareProposal:
    rows = queries.of_person(request.user).select_related("referral__party")
    proposal = rows.filter(public_id=public_id).first()
    if proposal is None:
        raise Http404
    return proposal


def _answered(request: Request, public_id: str, *, agrees: bool) -> HttpResponse:
    proposal = _proposal(request, public_id)
    try:
        done = proposals.answer(
            by=request.user, at=datetime.now(UTC), proposal=proposal, agrees=agrees
        )
    except Refused as error:
        tell(request, error)
    else:
        if done.state == ProposalState.OPEN:
            messages.success(request, _("Your yes is noted. Others are still asked."))
        elif agrees:
            messages.success(request, _said(done))
        else:
            messages.success(request, _("Declined. Everything stays as it was."))
    return back(proposal.referral)


@door("shares:agree", SELLERS)
@require_POST
def agree(request: Request, proposal: str) -> HttpResponse:
    """Whoever would get less says yes."""
    return _answered(request, proposal, agrees=True)


@door("shares:decline", SELLERS)
@require_POST
def decline(request: Request, proposal: str) -> HttpResponse:
    """Whoever would get less says no; nobody asks why."""
    return _answered(request, proposal, agrees=False)


@door("shares:withdraw", SELLERS)
@require_POST
def withdraw(request: Request, proposal: str) -> HttpResponse:
    """Whoever proposed takes it back."""
    at, mine = datetime.now(UTC), _proposal(request, proposal)
    try:
        proposals.withdraw(by=request.user, at=at, proposal=mine)
    except Refused as error:
        tell(request, error)
    else:
        messages.success(request, _("Taken back. Everything stays as it was."))
    if queries.with_share(request.user, at=at).filter(pk=mine.referral_id).exists():
        return back(mine.referral)
    return HttpResponseRedirect(reverse("referrals:list"), status=303)
