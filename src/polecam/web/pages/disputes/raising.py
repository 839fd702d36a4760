"""Something does not add up? Two taps: the link, and what it is about."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import disputes
from polecam.claims import queries as claims
from polecam.claims.disputes import queries, rules
from polecam.claims.handoffs import queries as handoffs
from polecam.claims.models import DisputeAbout, DisputeParty, Handoff
from polecam.claims.rules import part_of
from polecam.insights.seller import lines_of
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.disputes import forms
from polecam.web.types import Request
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt

BOTH = require_http_methods(["GET", "HEAD", "POST"])
USUAL_BP = 5_000
"""What the form proposes to somebody who has no part yet: half."""


def meant(person: Person, about: str, thing: str, at: datetime) -> Referral:
    """The referral behind a page the person may open and stands close to. Raises Http404."""
    rows = Referral.objects.select_related("client", "party", "branch")
    if about == DisputeAbout.REFERRAL:
        referral = rows.filter(public_id=thing).first()
    elif about == DisputeAbout.LINE:
        line = lines_of(person).select_related("fact").filter(public_id=thing).first()
        referral = rows.filter(public_id=line.fact.referral).first() if line else None
    elif about == DisputeAbout.HANDOFF:
        referral = _of_handoff(person, thing, at)
    else:
        raise Http404
    if referral is None or not queries.may_raise(person, referral, at=at):
        raise Http404
    return referral


def _of_handoff(person: Person, thing: str, at: datetime) -> Referral | None:
    try:
        return handoffs.find(person, thing, at=at).referral
    except Handoff.DoesNotExist:
        return None


@door("disputes:raise", SELLERS)
@BOTH
def raise_(request: Request, about: str, thing: str) -> HttpResponse:
    """The sheet; whoever is a side of a running case is shown that one."""
    at, reader = datetime.now(UTC), request.user
    referral = meant(reader, about, thing, at)
    target = queries.contested(referral)
    running = queries.running(target)
    if running is not None:
        if not DisputeParty.objects.filter(dispute=running, person=reader).exists():
            raise Refused("dispute_running")
        return HttpResponseRedirect(reverse("disputes:one", args=[running.public_id]), status=303)
    if referral.party is None or target.party is None:
        raise Refused("dispute_erased")
    parts = [part_of(share) for share in claims.shares(target)]
    owns = referral.client is not None and referral.client.owner_id == reader.pk
    usual = USUAL_BP
    if owns and referral.originator_id != reader.pk:
        usual = settings.value("reuse_share_bp", at=at, branch=referral.branch_id)
    proposed = rules.suggestion(parts, reader.pk, usual)
    initial = {"claimed": fmt.percent(proposed).removesuffix("%")}
    form = forms.RaiseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = form.cleaned_data
        try:
            dispute = disputes.raise_dispute(
                by=reader,
                at=at,
                referral=referral,
                about=about,
                subject="" if about == DisputeAbout.REFERRAL else thing,
                reason=done["reason"],
                claimed_bp=done["claimed"],
                note=done["note"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _said(dispute.contested_bp))
            url = reverse("disputes:one", args=[dispute.public_id])
            return HttpResponseRedirect(url, status=303)
    own = rules.part_bp(parts, reader.pk)
    context = {
        "form": form,
        "friend": referral.party.first_name,
        "now": _("So far it is %(part)s.") % {"part": fmt.percent(own)},
        "close": _way_back(about, thing),
        "blind": target.pk != referral.pk,
        "reasons": [
            (code, name, labels.REASON_NOTES[code], labels.REASON_ICONS[code])
            for code, name in labels.REASONS.items()
        ],
    }
    return render(request, "disputes/raise.html", context, status=422 if form.errors else 200)


def _said(contested_bp: int) -> str:
    if not contested_bp:
        return fmt.tie(_("Thank you for saying so. Somebody who is no party looks at it."))
    return fmt.tie(
        _(
            "Thank you for saying so. Somebody who is no party looks at it; until then "
            "%(part)s wait."
        )
        % {"part": fmt.percent(contested_bp)}
    )


def _way_back(about: str, thing: str) -> str:
    names = {"referral": "referrals:one", "line": "money:line", "handoff": "handoffs:one"}
    return reverse(names[about], args=[thing])
