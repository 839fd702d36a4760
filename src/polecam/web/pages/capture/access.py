"""What a capture page may touch: own asks, own referrals, own invitations; 404 for the rest."""

import secrets

from django.http import Http404, HttpResponseRedirect

from polecam.asking import queries
from polecam.asking.models import Ask
from polecam.clients.models import Client
from polecam.clients.queries import askable_by
from polecam.people.models import Person
from polecam.referrals import invitations
from polecam.referrals.models import Invitation, Referral
from polecam.web.types import Request


def person_of(request: Request) -> Person:
    """The signed-in person; the door has let nobody else in."""
    return request.user


def ask_of(request: Request, public_id: str) -> Ask:
    """An own ask, with its client."""
    try:
        return queries.find(person_of(request), public_id)
    except Ask.DoesNotExist:
        raise Http404 from None


def client_of(request: Request, public_id: str) -> Client:
    """A client the person may ask."""
    rows = askable_by(person_of(request)).select_related("party", "branch")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def referral_of(request: Request, public_id: str) -> Referral:
    """A referral the person brought; its receipt is theirs alone."""
    found = (
        Referral.objects.filter(originator=person_of(request), public_id=public_id)
        .select_related("client__party", "party", "invitation", "branch", "ask")
        .first()
    )
    if found is None:
        raise Http404
    return found


def invitation_of(request: Request, public_id: str) -> Invitation:
    """An own invitation."""
    try:
        return invitations.find(person_of(request), public_id)
    except Invitation.DoesNotExist:
        raise Http404 from None


def new_key() -> str:
    """A form's random key: sent twice, it counts once."""
    return secrets.token_urlsafe(12)


def see_other(url: str) -> HttpResponseRedirect:
    """303, marked as stored: an offline queue trusts nothing else."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    response["X-Capture"] = "stored"
    return response
