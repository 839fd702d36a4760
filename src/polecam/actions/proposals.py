"""Other shares of a referral: proposed by one of its sellers, in force by the yes of who loses."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from polecam.actions.credit import share_anew
from polecam.actions.proposal_checks import (
    checked_note,
    is_over,
    require_live,
    require_open,
    require_people,
)
from polecam.claims import queries
from polecam.claims.models import (
    CreditShare,
    ProposalReason,
    ProposalState,
    ProposedShare,
    ShareProposal,
    ShareReason,
)
from polecam.claims.rules import Part, losers, part_of
from polecam.claims.shares import queries as reads
from polecam.claims.shares import rules
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.models import Referral
from polecam.store.tx import action, each, lock


def propose(
    *,
    by: Person,
    at: datetime,
    referral: Referral,
    parts: Sequence[Part],
    reason: str = ProposalReason.OTHER,
    note: str = "",
) -> ShareProposal:
    """One of the referral's sellers proposes another split; in force once all who lose agreed.

    Where only the proposer loses, that is at once. Raises Refused: "shares_sum", "share_twice",
    "shares_same", "share_role", "person_left", "share_stranger", "proposal_open",
    "proposal_reason", "note_long", "words_with_contact", "referral_waits", "referral_ended",
    "shares_settled"; NotAllowed for whoever is none of its sellers.
    """
    if reason not in ProposalReason.values or reason == ProposalReason.SECOND:
        raise Refused("proposal_reason", field="reason")
    note = checked_note(note)
    with action():
        require(by, Permission.WORK_REFERRALS)
        referral = lock(referral)
        if not reads.is_party(by, referral, at=at):
            raise NotAllowed("not_your_referral")
        now = queries.shares(referral)
        before = [part_of(share) for share in now]
        rules.check_proposal(before, parts, by.pk)
        require_people(before, parts, referral.branch_id)
        return _open(by, at, referral, now, parts, reason=reason, note=note)


def ask_for_share(*, by: Person, at: datetime, referral: Referral, share_bp: int) -> ShareProposal:
    """Whoever was recommended the same person too asks those who share the credit for a part.

    `referral` is the asker's own further recommendation; the proposal is made on the referral that
    a colleague leads, everyone giving up in proportion. Until they agreed, the asker does not
    learn who they are, nor they who asks; so it goes without words. Once for each person. Raises
    Refused("nothing_to_share", "share_asked", "share_asked_already", "share_have",
    "share_ask_later"), NotAllowed for another's referral.
    """
    with action():
        require(by, Permission.WORK_REFERRALS)
        if referral.originator_id != by.pk:
            raise NotAllowed("not_your_referral")
        led = reads.led_by_colleague(referral, at=at)
        if led is None:
            raise Refused("nothing_to_share")
        led = lock(led)
        if queries.active(led, at=at) is None:
            raise Refused("nothing_to_share")
        if reads.asked_share(by, led) is not None:
            raise Refused("share_asked_already")
        now = queries.shares(led)
        parts = rules.with_room([part_of(share) for share in now], by.pk, share_bp)
        try:
            return _open(by, at, led, now, parts, reason=ProposalReason.SECOND, note="")
        except Refused as error:
            # What stands in the way there is not the asker's to know.
            raise Refused("share_ask_later") from error


def answer(*, by: Person, at: datetime, proposal: ShareProposal, agrees: bool) -> ShareProposal:
    """Whoever would get less says yes or no; a no needs no reason and ends the proposal.

    The same answer twice is one. Raises Refused("proposal_over") when it ended,
    "proposal_expired" past its time, "shares_changed" when another set began meanwhile;
    NotAllowed for whoever is not asked.
    """
    with action():
        referral = lock(proposal.referral)
        proposal = lock(proposal)
        row = ProposedShare.objects.filter(proposal=proposal, person=by).first()
        if row is None or not reads.is_asked(row):
            raise NotAllowed("not_your_proposal")
        require(by, Permission.WORK_REFERRALS)
        if row.agreed == agrees:
            return proposal
        require_open(proposal, referral, at=at)
        row.agreed, row.answered_at = agrees, at
        row.save(update_fields=["agreed", "answered_at"])
        if agrees:
            _tell("share.agreed", proposal, referral, by=by, at=at)
            _settle(proposal, referral, by=by, at=at)
        else:
            _end(proposal, referral, ProposalState.DECLINED, by=by, at=at)
    return proposal


def withdraw(*, by: Person, at: datetime, proposal: ShareProposal) -> ShareProposal:
    """Whoever proposed takes it back; nothing changes. Twice is once.

    Raises Refused("proposal_over") once it was answered or its time ended, NotAllowed for others.
    """
    with action():
        referral = lock(proposal.referral)
        proposal = lock(proposal)
        if proposal.proposed_by_id != by.pk:
            raise NotAllowed("not_your_proposal")
        if proposal.state == ProposalState.WITHDRAWN:
            return proposal
        if proposal.state != ProposalState.OPEN:
            raise Refused("proposal_over")
        _end(proposal, referral, ProposalState.WITHDRAWN, by=by, at=at)
    return proposal


def close_due(*, at: datetime) -> int:
    """End proposals whose time is over, or that another set of shares overtook; how many."""
    waiting = ShareProposal.objects.filter(state=ProposalState.OPEN).select_related("referral")
    return each(list(waiting.order_by("id")), lambda proposal: _close(proposal, at))


def _close(proposal: ShareProposal, at: datetime) -> bool:
    if not is_over(proposal, proposal.referral, at=at):
        return False
    with action():
        referral = lock(proposal.referral)
        locked = lock(proposal)
        if locked.state != ProposalState.OPEN or not is_over(locked, referral, at=at):
            return False
        _end(locked, referral, ProposalState.EXPIRED, by=None, at=at)
    return True


def _open(
    by: Person,
    at: datetime,
    referral: Referral,
    now: Sequence[CreditShare],
    parts: Sequence[Part],
    *,
    reason: str,
    note: str,
) -> ShareProposal:
    require_live(referral)
    waiting = reads.open_proposal(referral)
    if waiting is not None:
        if not is_over(waiting, referral, at=at):
            raise Refused("proposal_open")
        _end(waiting, referral, ProposalState.EXPIRED, by=None, at=at)
    days = settings.value("proposal_days", at=at, branch=referral.branch_id)
    proposal = ShareProposal.objects.create(
        referral=referral,
        proposed_by=by,
        reason=reason,
        base=now[0].number,
        note=note,
        nonce=secrets.token_hex(16),
        at=at,
        expires_at=at + timedelta(days=days),
    )
    _write_parts(proposal, [part_of(share) for share in now], parts, by=by, at=at)
    _tell("share.proposed", proposal, referral, by=by, at=at, text=note)
    _settle(proposal, referral, by=by, at=at)
    return proposal


def _write_parts(
    proposal: ShareProposal,
    before: Sequence[Part],
    after: Sequence[Part],
    *,
    by: Person,
    at: datetime,
) -> None:
    """A row for everyone who has or gets a part; whoever proposes has said yes to their own."""
    old, new = ({part.person_id: part for part in parts} for parts in (before, after))
    asked = losers(before, after)
    ProposedShare.objects.bulk_create(
        ProposedShare(
            proposal=proposal,
            person_id=person_id,
            role=(new.get(person_id) or old[person_id]).role,
            share_bp=new[person_id].share_bp if person_id in new else 0,
            before_bp=old[person_id].share_bp if person_id in old else 0,
            agreed=True if person_id == by.pk and person_id in asked else None,
            answered_at=at if person_id == by.pk and person_id in asked else None,
        )
        for person_id in sorted(old.keys() | new.keys())
    )


def _settle(proposal: ShareProposal, referral: Referral, *, by: Person, at: datetime) -> None:
    """The new set begins when everyone who loses said yes."""
    rows = list(ProposedShare.objects.filter(proposal=proposal))
    asked = [row for row in rows if reads.is_asked(row)]
    if not all(row.agreed for row in asked):
        return
    proposal.state, proposal.ended_at = ProposalState.AGREED, at
    proposal.save(update_fields=["state", "ended_at"])
    share_anew(
        referral,
        [Part(row.person_id, row.share_bp, row.role) for row in rows if row.share_bp],
        by=by,
        at=at,
        reason=ShareReason.AGREED,
        source=proposal.public_id,
        agreed={row.person_id for row in asked},
    )


def _end(
    proposal: ShareProposal, referral: Referral, state: str, *, by: Person | None, at: datetime
) -> None:
    proposal.state, proposal.ended_at = state, at
    proposal.save(update_fields=["state", "ended_at"])
    _tell(f"share.{state}", proposal, referral, by=by, at=at)


def _tell(
    kind: str,
    proposal: ShareProposal,
    referral: Referral,
    *,
    by: Person | None,
    at: datetime,
    text: str = "",
) -> None:
    data = {"proposal": proposal.public_id, "reason": str(proposal.reason), "set": proposal.base}
    branch, nonce = referral.branch_id, proposal.nonce
    record(kind, referral, by=by, at=at, branch=branch, data=data, text=text, nonce=nonce)
