"""Undo as a compensating event: rows stay and are marked, names go, counters step back."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.actions import thanks_owed
from polecam.asking import courage, tally
from polecam.asking.models import Ask, FollowUp, Outcome
from polecam.claims import subject as claims
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.parties import subject as parties
from polecam.people.models import Person
from polecam.privacy.models import Consent
from polecam.referrals import subject as referrals
from polecam.referrals import tally as stages
from polecam.referrals.models import Invitation, Referral
from polecam.referrals.rules import UNANSWERED, may_undo
from polecam.store.tx import lock


def ask(row: Ask, client: Client, *, by: Person, at: datetime) -> None:
    """Take back a locked ask of a locked client, with its referrals, invitations and follow-up."""
    require_in_time(row.answered_at or row.asked_at, at, row.branch_id)
    invitations = locked(Invitation.objects.filter(ask=row))
    rows = list(Referral.objects.filter(ask=row, erased_at=None).order_by("id"))
    require_unanswered(invitations, rows)
    for found in rows:
        referral(lock(found), by=by, at=at)
    for invitation in invitations:
        void(invitation, at=at)
    FollowUp.objects.filter(ask=row, done_at=None).update(done_at=at)
    _uncount_answer(row, zone=settings.zone())
    courage.detach(row)
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    if row.outcome != Outcome.NOT_ASKED:
        never_happened(row, client)
    record("ask.undone", row, by=by, at=at, branch=row.branch_id)


def locked(invitations: QuerySet[Invitation]) -> list[Invitation]:
    """Before their referrals, as a friend's answer does: whoever answers right now is waited for,
    and what they said is seen."""
    return list(invitations.select_for_update(of=("self",), no_key=True).order_by("id"))


def reopen(row: Ask) -> None:
    """Take back only the answer of a locked ask: it waits for another one."""
    _uncount_answer(row, zone=settings.zone())
    row.outcome, row.answered_at = Outcome.OPEN, None
    row.save(update_fields=["outcome", "answered_at"])


def referral(row: Referral, *, by: Person, at: datetime) -> None:
    """Take back a locked referral that nobody answered: the name goes, the link is void."""
    party = row.party
    thanks_owed.let_go(row, at=at)
    if party is not None:
        claims.forget_salt(party)
        erased.note(erased.PARTY, party.public_id)
        referrals.erase(party, at)
        parties.erase(party, at=at)
    if row.invitation_id:
        void(Invitation.objects.get(pk=row.invitation_id), at=at)
    month = month_of(row.captured_at, settings.zone())
    stages.bump(row.branch_id, row.originator_id, month, referrals=-1)
    record("referral.undone", row, by=by, at=at, branch=row.branch_id)


def void(invitation: Invitation, *, at: datetime) -> None:
    """Make every link of the invitation worthless: the next version has another token."""
    Invitation.objects.filter(pk=invitation.pk, expired_at=None).update(
        version=invitation.version + 1, expired_at=at, words=""
    )


def require_in_time(done_at: datetime, at: datetime, branch_id: int) -> None:
    """Raise Refused("undo_too_late") once the minutes of the setting are over."""
    minutes = settings.value("undo_minutes", at=at, branch=branch_id)
    if not may_undo(done_at, at, minutes):
        raise Refused("undo_too_late", minutes=minutes)


def require_unanswered(invitations: list[Invitation], rows: list[Referral]) -> None:
    """Raise Refused("undo_after_answer") once a friend said anything, yes or no."""
    answered = any(row.state not in UNANSWERED for row in rows)
    ids = [invitation.public_id for invitation in invitations]
    if answered or Consent.objects.filter(invitation__in=ids).exists() or _declined(ids):
        raise Refused("undo_after_answer")


def _declined(invitations: list[str]) -> bool:
    """A "no, thank you" leaves no row, only its event."""
    return Event.objects.filter(
        subject_type="invitation", subject__in=invitations, kind="consent.declined"
    ).exists()


def never_happened(row: Ask, client: Client) -> None:
    """An ask taken back, or never made: no leaf, no rest, and the follow-up stands again."""
    if not row.for_reference:
        month = month_of(row.asked_at, settings.zone())
        stages.bump(row.branch_id, row.seller_id, month, asks=-1)
    if row.continues_id:
        FollowUp.objects.filter(ask_id=row.continues_id).update(done_at=None)
    _remember_last_ask(client)


def _uncount_answer(row: Ask, *, zone: str) -> None:
    if row.for_reference:
        return
    month = month_of(row.answered_at or row.asked_at, zone)
    tally.count(row, month, before=row.outcome, after=Outcome.OPEN)


def _remember_last_ask(client: Client) -> None:
    newest = (
        Ask.objects.filter(client=client, undone_at=None)
        .exclude(outcome=Outcome.NOT_ASKED)
        .order_by("-asked_at")
        .values_list("asked_at", flat=True)
        .first()
    )
    client.last_asked_at = newest
    client.save(update_fields=["last_asked_at"])
