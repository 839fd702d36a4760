"""Another split of the credit, by which the reader would get less: it waits for their yes or no."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.claims.models import ProposalReason, ProposedShare
from polecam.claims.shares.queries import waiting_for
from polecam.people.models import Person
from polecam.web.ui import format as fmt
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """One for each proposal that still stands."""
    return [_wait(row) for row in waiting_for(person, at)]


def _wait(row: ProposedShare) -> Wait:
    proposal = row.proposal
    party = proposal.referral.party
    before, after = fmt.percent(row.before_bp), fmt.percent(row.share_bp)
    title = (
        _("A colleague who was recommended the same person asks for a share")
        if proposal.reason == ProposalReason.SECOND
        else _("%(who)s proposes another split") % {"who": proposal.proposed_by.first_name}
    )
    said = _("your part: %(before)s, then %(after)s") % {"before": before, "after": after}
    return Wait(
        title=title,
        sub=f"{party.first_name} · {said}" if party else said,
        url=reverse("shares:one", args=[proposal.referral.public_id]),
        icon="split",
        due_at=proposal.expires_at,
    )
