"""Cases of mine, and one of them; reading only (what is answered stands in `answers`)."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.claims.disputes import queries
from polecam.claims.models import RUNNING_DISPUTES, Dispute, DisputeParty, DisputeState
from polecam.insights.dispute_money import waiting_of
from polecam.people.models import Person, Role
from polecam.people.permissions import Permission, standing
from polecam.referrals import queries as referrals
from polecam.web.access import ADMINS, REGIONS, SELLERS, door
from polecam.web.pages.disputes import case as cases
from polecam.web.pages.disputes import forms
from polecam.web.types import Request
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt

READERS = SELLERS | ADMINS | REGIONS
LOOKING = frozenset({Role.MANAGER, Role.ADMIN})
"""Who sees what keeps coming up, by name."""
DECIDERS = LOOKING | REGIONS
MOST = 60
WAITS = (DisputeState.OPEN, DisputeState.APPEALED)
WITH = ("referral__party", "referral__invitation", "branch", "decider", "raised_by")


def found(person: Person, ref: str) -> Dispute:
    """The case with this public id, if the person is a side of it or decides. Raises Http404."""
    dispute = queries.visible_to(person).select_related(*WITH).filter(public_id=ref).first()
    if dispute is None:
        raise Http404
    return dispute


@door("disputes:list", READERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """What waits for my decision, what I am a side of, and what is over."""
    reader = request.user
    rows = list(
        queries.visible_to(reader).select_related("referral__party").order_by("-raised_at", "-id")
    )[:MOST]
    sides = set(
        DisputeParty.objects.filter(person=reader, dispute__in=rows).values_list(
            "dispute_id", flat=True
        )
    )
    mine = {d.referral_id for d in rows if d.pk in sides}
    known = dict(
        referrals.mine(reader)
        .filter(pk__in=mine, party__isnull=False)
        .values_list("pk", "party__first_name")
    )
    to_decide = [d for d in rows if d.decider_id == reader.pk and d.state in WAITS]
    running = [d for d in rows if d.state in RUNNING_DISPUTES and d not in to_decide]
    over = [d for d in rows if d.state not in RUNNING_DISPUTES]
    groups = [
        (_("For you to decide"), to_decide),
        (_("Being looked at"), running),
        (_("Settled"), over),
    ]
    context = {
        "groups": [
            (title, [_row(d, known.get(d.referral_id, "")) for d in some])
            for title, some in groups
            if some
        ],
        "patterns": bool(_named_branches(reader)),
    }
    return render(request, "disputes/list.html", context)


def _named_branches(reader: Person) -> list[int]:
    """Branches whose cases the reader decides and whose people they see."""
    who = standing(reader)
    return [one for one in who.branches(Permission.DECIDE_DISPUTE) if not who.only_sums(one)]


def _row(dispute: Dispute, friend: str) -> dict[str, Any]:
    title = str(labels.REASONS[dispute.reason])
    day = fmt.near(dispute.raised_at)
    return {
        "url": reverse("disputes:one", args=[dispute.public_id]),
        "icon": labels.REASON_ICONS[dispute.reason],
        "title": f"{title}: {friend}" if friend else title,
        "sub": f"{labels.STATES[dispute.state]} · {day}",
        "until": dispute.due_at if dispute.state in RUNNING_DISPUTES else None,
    }


@door("disputes:one", READERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """One case: the same text for everyone involved, and beside it what the reader can do."""
    return page(request, found(request.user, ref))


def page(request: Request, dispute: Dispute, form: forms.WordsForm | None = None) -> HttpResponse:
    """The page of a case; `form`: a statement that was not taken."""
    case = cases.read(dispute)
    context = cases.context(case) | around(case, request.user) | {"dispute": dispute}
    if context["may_say"]:
        context["form"] = form or forms.WordsForm()
    status = 422 if form is not None else 200
    return render(request, "disputes/one.html", context, status=status)


def around(case: cases.Case, reader: Person) -> dict[str, Any]:
    """What only this reader sees: who they are here, what they can do, what of theirs waits."""
    dispute = case.dispute
    own = next((row for row in case.parties if row.person_id == reader.pk), None)
    decided = dispute.state == DisputeState.DECIDED and dispute.due_at > datetime.now(UTC)
    party = own is not None
    decides = dispute.decider_id == reader.pk and dispute.state in WAITS
    raised = dispute.raised_by_id == reader.pk
    return {
        "me": case.name(reader.pk) if party and case.blind else "",
        "friend": _friend(case, reader) if party else "",
        "waits": waiting_of(dispute, reader) if party else 0,
        "may_say": bool(own and not own.stated_at and dispute.state in WAITS),
        "may_accept": bool(own and not own.accepted_at and decided),
        "accepted": bool(own and own.accepted_at and decided),
        "may_appeal": party and decided,
        "may_withdraw": raised and dispute.state == DisputeState.OPEN,
        "may_decide": decides,
    }


def _friend(case: cases.Case, reader: Person) -> str:
    """The friend's first name, as the reader knows it from their own referral."""
    dispute = case.dispute
    ids = [dispute.referral.public_id, dispute.subject]
    rows = referrals.mine(reader).filter(public_id__in=ids, party__isnull=False)
    return rows.values_list("party__first_name", flat=True).first() or ""
