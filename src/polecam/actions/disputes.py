"""Something does not add up: raised in two taps, answered, taken back; what it contests waits.

Decisions stand in `dispute_decisions`, deadlines in `dispute_times`. Locks: referral, dispute,
lines, accounts.
"""

import secrets
from datetime import datetime, timedelta

from polecam.actions import suspense
from polecam.claims import queries as claims
from polecam.claims import rules as shares
from polecam.claims.disputes import queries, rules
from polecam.claims.models import (
    RUNNING_DISPUTES,
    Dispute,
    DisputeAbout,
    DisputeEvidence,
    DisputeParty,
    DisputeReason,
    DisputeState,
)
from polecam.insights import dispute_evidence
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.models import Referral
from polecam.store.tx import action, lock


def raise_dispute(
    *,
    by: Person,
    at: datetime,
    referral: Referral,
    reason: str,
    claimed_bp: int,
    about: str = DisputeAbout.REFERRAL,
    subject: str = "",
    note: str = "",
) -> Dispute:
    """`by` says that `claimed_bp` of the credit should be theirs. Sent twice it is raised once.

    From the raiser's own further recommendation the colleague's referral of the same person is
    meant, and neither side learns who the other is. `about`, `subject`: the page it was raised
    from. Evidence is collected, the contested part of the money waits from now on. Raises Refused
    ("dispute_reason", "dispute_erased", "dispute_running", "dispute_settled", "dispute_part",
    "dispute_nothing", "dispute_floors", "dispute_no_decider", "dispute_words_long",
    "words_with_contact"), NotAllowed.
    """
    if reason not in DisputeReason.values:
        raise Refused("dispute_reason", field="reason")
    note = rules.words(note, field="note", shortest=0)
    with action():
        require(by, Permission.RAISE_DISPUTE)
        if not queries.may_raise(by, referral, at=at):
            raise NotAllowed("not_allowed")
        own, referral = referral, lock(queries.contested(referral))
        if own.party_id is None or referral.party_id is None:
            raise Refused("dispute_erased")
        running = queries.running(referral)
        if running is not None:
            return _again(running, by)
        _require_new(by, referral, reason)
        parts = [shares.part_of(share) for share in claims.shares(referral)]
        contested = rules.contested(parts, by.pk, reason, claimed_bp)
        if own.pk != referral.pk:
            about, subject = DisputeAbout.REFERRAL, own.public_id
        people = queries.about_people(referral, at=at) | {by.pk}
        first = rules.first_rung(queries.ladder(referral.branch, at=at), people)
        if first is None:
            raise Refused("dispute_no_decider")
        hours = settings.value("dispute_hours", at=at, branch=referral.branch_id)
        dispute = Dispute.objects.create(
            referral=referral,
            branch_id=referral.branch_id,
            raised_by=by,
            about=about,
            subject=subject,
            reason=reason,
            claimed_bp=claimed_bp,
            contested_bp=contested,
            note=note,
            nonce=secrets.token_hex(16) if note else "",
            decider_id=first.person_id,
            raised_at=at,
            due_at=at + timedelta(hours=hours),
        )
        add_parties(dispute, people, parts)
        _collect(dispute, own)
        tell(
            "dispute.raised",
            dispute,
            by=by,
            at=at,
            data={
                "about": str(about),
                "reason": reason,
                "claimed_bp": claimed_bp,
                "contested_bp": contested,
                "decider": first.person_id,
            },
            text=note,
            nonce=dispute.nonce,
        )
        suspense.hold(dispute, at=at)
    return dispute


def _again(running: Dispute, by: Person) -> Dispute:
    """The same form twice is one dispute; a second question waits until the first is over."""
    if running.raised_by_id != by.pk:
        raise Refused("dispute_running")
    return running


def _require_new(by: Person, referral: Referral, reason: str) -> None:
    """What was decided for good is not asked again by the same person for the same reason."""
    settled = Dispute.objects.filter(
        referral=referral, raised_by=by, reason=reason, state=DisputeState.CLOSED
    )
    if settled.exists():
        raise Refused("dispute_settled")


def add_parties(dispute: Dispute, people: set[int], parts: list[shares.Part]) -> None:
    """Inner step: these people (ids) read and answer from now on."""
    DisputeParty.objects.bulk_create(
        DisputeParty(dispute=dispute, person_id=person, before_bp=rules.part_bp(parts, person))
        for person in sorted(people)
    )


def _collect(dispute: Dispute, own: Referral) -> None:
    other = own.public_id if own.pk != dispute.referral_id else ""
    found = dispute_evidence.of(dispute.referral, other).values_list("pk", flat=True)
    DisputeEvidence.objects.bulk_create(
        DisputeEvidence(dispute=dispute, event_id=event_id) for event_id in found
    )


def taken(dispute: Dispute) -> Dispute:
    """Inner step: the dispute, locked after its referral, with it."""
    lock(dispute.referral)
    return lock(dispute, "referral")


def tell(
    kind: str,
    dispute: Dispute,
    *,
    by: Person | None,
    at: datetime,
    data: dict[str, object] | None = None,
    text: str = "",
    nonce: str = "",
) -> None:
    """Inner step: one event of the case; words only as a commitment."""
    record(
        kind,
        dispute,
        by=by,
        at=at,
        branch=dispute.branch_id,
        data={"referral": dispute.referral.public_id, **(data or {})},
        text=text,
        nonce=nonce,
    )


def party_of(dispute: Dispute, person: Person) -> DisputeParty:
    """Inner step: the person as a party, locked. Raises NotAllowed for anyone else."""
    found = DisputeParty.objects.select_for_update(of=("self",), no_key=True).filter(
        dispute=dispute, person=person
    )
    party = found.first()
    if party is None:
        raise NotAllowed("dispute_not_party")
    return party


def kept_words(dispute: Dispute, text: str) -> str:
    """What is stored of somebody's words: nothing once the friend was erased, because no later
    erasure would find what is said of them."""
    return text if dispute.referral.party_id is not None else ""


def state(*, by: Person, at: datetime, dispute: Dispute, words: str) -> DisputeParty:
    """A party says, once, how they see it. Everyone reads it on the same page.

    Raises Refused("dispute_over", "dispute_said", "dispute_erased", "dispute_words_short",
    "dispute_words_long", "words_with_contact"), NotAllowed for anyone but a party.
    """
    text = rules.words(words, field="words")
    with action():
        dispute = taken(dispute)
        party = party_of(dispute, by)
        if party.statement == text:
            return party
        if dispute.state not in RUNNING_DISPUTES:
            raise Refused("dispute_over")
        if party.stated_at:
            raise Refused("dispute_said")
        if not kept_words(dispute, text):
            raise Refused("dispute_erased")
        party.statement, party.stated_at = text, at
        party.nonce = party.nonce or secrets.token_hex(16)
        party.save(update_fields=["statement", "stated_at", "nonce"])
        tell("dispute.stated", dispute, by=by, at=at, text=text, nonce=party.nonce)
    return party


def withdraw(*, by: Person, at: datetime, dispute: Dispute) -> Dispute:
    """Whoever raised it takes it back before a decision; what waited goes back at once.

    Raises Refused("dispute_decided"), NotAllowed for anyone else.
    """
    with action():
        dispute = taken(dispute)
        if dispute.raised_by_id != by.pk:
            raise NotAllowed("dispute_not_yours")
        if dispute.state == DisputeState.WITHDRAWN:
            return dispute
        if dispute.state != DisputeState.OPEN:
            raise Refused("dispute_decided")
        suspense.release_all(dispute, at=at)
        dispute.state, dispute.ended_at = DisputeState.WITHDRAWN, at
        dispute.save(update_fields=["state", "ended_at"])
        tell("dispute.withdrawn", dispute, by=by, at=at)
    return dispute
