"""A decision with the rule applied, in words; accepted, appealed once, then carried out.

Nothing moves before a decision is final: after the days of appeal, as soon as everyone at stake
accepts it, or with the decision after the appeal.
"""

import secrets
from datetime import datetime, timedelta

from django.db.models import QuerySet

from polecam.actions import credit, recredit, suspense
from polecam.actions.disputes import kept_words, party_of, taken, tell
from polecam.claims import queries as claims
from polecam.claims import rules as shares
from polecam.claims.disputes import queries, rules
from polecam.claims.models import (
    Dispute,
    DisputeDecision,
    DisputeParty,
    DisputeRule,
    DisputeState,
    ShareReason,
)
from polecam.insights.dispute_money import before_bp
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action

WAITING = (DisputeState.OPEN, DisputeState.APPEALED)


def decide(
    *,
    by: Person,
    at: datetime,
    dispute: Dispute,
    outcome: str,
    rule: str,
    words: str,
    granted_bp: int = 0,
) -> DisputeDecision:
    """The decider decides. The first decision waits for acceptance or appeal, the second is final.

    `granted_bp`: for `partly`, what the raiser gets on top of their part. Raises Refused
    ("dispute_rule", "dispute_outcome", "dispute_partly", "dispute_words_short",
    "dispute_words_long", "words_with_contact", "dispute_decided"), NotAllowed for anyone but the
    decider, and for a decider who has become a party.
    """
    if rule not in DisputeRule.values:
        raise Refused("dispute_rule", field="rule")
    given = rules.granted(outcome, dispute.contested_bp, granted_bp)
    shortest, longest = rules.SHORTEST_WORDS, rules.LONGEST_WORDS
    text = rules.words(words, field="words", shortest=shortest, longest=longest)
    with action():
        dispute = taken(dispute)
        if dispute.decider_id != by.pk:
            raise NotAllowed("dispute_not_yours")
        require(by, Permission.DECIDE_DISPUTE)
        if is_involved(dispute, by.pk, at=at):
            raise NotAllowed("dispute_not_yours")
        if dispute.state not in WAITING:
            raise Refused("dispute_decided")
        second = dispute.state == DisputeState.APPEALED
        decision = DisputeDecision.objects.create(
            dispute=dispute,
            number=2 if second else 1,
            decider=by,
            outcome=outcome,
            rule=rule,
            words=kept_words(dispute, text),
            nonce=secrets.token_hex(16),
            granted_bp=given,
            at=at,
        )
        _told(decision, by=by, at=at)
        if second:
            carry_out(dispute, decision, by=by, at=at)
        else:
            days = settings.value("appeal_days", at=at, branch=dispute.branch_id)
            dispute.state, dispute.due_at = DisputeState.DECIDED, at + timedelta(days=days)
            dispute.reminded_at = None
            dispute.save(update_fields=["state", "due_at", "reminded_at"])
    return decision


def _told(decision: DisputeDecision, *, by: Person, at: datetime) -> None:
    data = {
        "number": decision.number,
        "outcome": decision.outcome,
        "rule": decision.rule,
        "granted_bp": decision.granted_bp,
    }
    tell(
        "dispute.decided",
        decision.dispute,
        by=by,
        at=at,
        data=data,
        text=decision.words,
        nonce=decision.nonce,
    )


def is_involved(dispute: Dispute, person_id: int, *, at: datetime) -> bool:
    """Whether it is about the person's own credit or work by now."""
    known = DisputeParty.objects.filter(dispute=dispute, person=person_id)
    return known.exists() or person_id in queries.about_people(dispute.referral, at=at)


def accept(*, by: Person, at: datetime, dispute: Dispute) -> Dispute:
    """A party is content with the first decision; once everyone at stake is, it is carried out.

    Raises Refused("dispute_not_decided"), NotAllowed for anyone but a party.
    """
    with action():
        dispute = taken(dispute)
        party = party_of(dispute, by)
        if party.accepted_at or dispute.state == DisputeState.CLOSED:
            return dispute
        if dispute.state != DisputeState.DECIDED:
            raise Refused("dispute_not_decided")
        party.accepted_at = at
        party.save(update_fields=["accepted_at"])
        tell("dispute.accepted", dispute, by=by, at=at)
        if not at_stake(dispute).filter(accepted_at=None).exists():
            carry_out(dispute, last_decision(dispute), by=by, at=at)
    return dispute


def at_stake(dispute: Dispute) -> QuerySet[DisputeParty]:
    """Parties who may lose or gain: the raiser and everyone who had a part."""
    rows = DisputeParty.objects.filter(dispute=dispute)
    return rows.filter(before_bp__gt=0) | rows.filter(person=dispute.raised_by_id)


def last_decision(dispute: Dispute) -> DisputeDecision:
    """The decision that counts."""
    return DisputeDecision.objects.filter(dispute=dispute).latest("number")


def appeal(*, by: Person, at: datetime, dispute: Dispute, words: str) -> Dispute:
    """A party asks, once, that somebody else looks again: the next one up, never the first decider.

    Raises Refused("dispute_not_decided", "dispute_late", "dispute_no_decider",
    "dispute_words_short", "dispute_words_long", "words_with_contact"), NotAllowed for anyone but
    a party.
    """
    shortest = rules.SHORTEST_WORDS
    text = rules.words(words, field="words", shortest=shortest)
    with action():
        dispute = taken(dispute)
        party = party_of(dispute, by)
        if party.appealed_at:
            return dispute
        if dispute.state != DisputeState.DECIDED:
            raise Refused("dispute_not_decided")
        if dispute.due_at <= at:
            raise Refused("dispute_late")
        first = last_decision(dispute).decider_id
        people = queries.about_people(dispute.referral, at=at)
        people |= set(
            DisputeParty.objects.filter(dispute=dispute).values_list("person_id", flat=True)
        )
        rung = rules.next_rung(queries.ladder(dispute.branch, at=at), first, people)
        if rung is None:
            raise Refused("dispute_no_decider")
        text = kept_words(dispute, text)
        party.appeal, party.appealed_at = text, at
        party.nonce = party.nonce or secrets.token_hex(16)
        party.save(update_fields=["appeal", "appealed_at", "nonce"])
        hours = settings.value("dispute_hours", at=at, branch=dispute.branch_id)
        dispute.state, dispute.decider_id = DisputeState.APPEALED, rung.person_id
        dispute.level, dispute.due_at = dispute.level + 1, at + timedelta(hours=hours)
        dispute.reminded_at = None
        dispute.save(update_fields=["state", "decider", "level", "due_at", "reminded_at"])
        tell(
            "dispute.appealed",
            dispute,
            by=by,
            at=at,
            data={"decider": rung.person_id},
            text=text,
            nonce=party.nonce,
        )
    return dispute


def carry_out(
    dispute: Dispute, decision: DisputeDecision, *, by: Person | None, at: datetime
) -> None:
    """Inner step: the decision is final. Shares and money move, nothing waits any more."""
    recredit.take_hold(dispute, decision.granted_bp)
    suspense.release_all(dispute, at=at)
    kinds: list[str] = []
    if decision.granted_bp:
        before = claims.shares(dispute.referral)
        target = before_bp(dispute) + decision.granted_bp
        role = rules.ROLES.get(dispute.reason, "opener")
        parts = rules.raised_to(
            [shares.part_of(share) for share in before], dispute.raised_by_id, target, role
        )
        kinds = recredit.share_again(dispute, decision.granted_bp, at=at, by=by)
        number = credit.share_anew(
            dispute.referral,
            parts,
            by=by,
            at=at,
            reason=ShareReason.DISPUTE,
            source=dispute.public_id,
        )
        if not before or number != before[0].number:
            decision.share_set = number
            decision.save(update_fields=["share_set"])
    dispute.state, dispute.ended_at = DisputeState.CLOSED, at
    dispute.save(update_fields=["state", "ended_at"])
    data: dict[str, object] = {"number": decision.number, "kinds": kinds}
    data["set"] = decision.share_set
    tell("dispute.closed", dispute, by=by, at=at, data=data)
