"""What time does to disputes: a reminder, one step up, final. Run every minute, harmless twice."""

from datetime import datetime, timedelta

from polecam.actions.dispute_decisions import WAITING, carry_out, is_involved, last_decision
from polecam.actions.disputes import add_parties, taken, tell
from polecam.claims.disputes import queries, rules
from polecam.claims.models import (
    RUNNING_DISPUTES,
    Dispute,
    DisputeDecision,
    DisputeParty,
    DisputeState,
)
from polecam.organisation import settings
from polecam.store.tx import action, each


def run_due(*, at: datetime) -> int:
    """Look after every running dispute, each in its own short transaction; how many changed."""
    running = Dispute.objects.filter(state__in=RUNNING_DISPUTES).order_by("id")
    found = list(running.select_related("referral"))
    return each(found, lambda dispute: _look_after(dispute, at))


def _look_after(dispute: Dispute, at: datetime) -> bool:
    with action():
        dispute = taken(dispute)
        if dispute.state == DisputeState.DECIDED:
            if dispute.due_at > at:
                return False
            carry_out(dispute, last_decision(dispute), by=None, at=at)
            return True
        if dispute.state not in WAITING:
            return False
        changed = _join(dispute, at)
        hours = settings.value("dispute_hours", at=at, branch=dispute.branch_id)
        if not _may_decide(dispute, at):
            return _move(dispute, "left", at=at, hours=hours) or changed
        if dispute.due_at <= at:
            return _move(dispute, "due", at=at, hours=hours) or changed
        if dispute.reminded_at is None and rules.remind_at(dispute.due_at, hours) <= at:
            _remind(dispute, at)
            return True
        return changed


def _join(dispute: Dispute, at: datetime) -> bool:
    """Whoever came into the credit meanwhile becomes a party, too."""
    known = set(DisputeParty.objects.filter(dispute=dispute).values_list("person_id", flat=True))
    new = queries.about_people(dispute.referral, at=at) - known
    add_parties(dispute, new, [])
    for person_id in sorted(new):
        tell("dispute.joined", dispute, by=None, at=at, data={"person": person_id})
    return bool(new)


def _may_decide(dispute: Dispute, at: datetime) -> bool:
    """Whether the decider still works here as one who decides, and is no party."""
    here = {rung.person_id for rung in queries.ladder(dispute.branch, at=at)}
    decider = dispute.decider_id
    return decider in here and not is_involved(dispute, decider or 0, at=at)


def _move(dispute: Dispute, why: str, *, at: datetime, hours: int) -> bool:
    """One step up, with the whole time again. With nobody above, the same one is reminded anew."""
    people = queries.about_people(dispute.referral, at=at)
    people |= set(DisputeParty.objects.filter(dispute=dispute).values_list("person_id", flat=True))
    before = DisputeDecision.objects.filter(dispute=dispute).values_list("decider_id", flat=True)
    not_these = people | set(before)
    rung = rules.next_rung(
        queries.ladder(dispute.branch, at=at), dispute.decider_id or 0, not_these
    )
    if rung is None and why == "left":
        return False
    dispute.due_at, dispute.reminded_at = at + timedelta(hours=hours), None
    if rung is None:
        dispute.save(update_fields=["due_at", "reminded_at"])
        tell("dispute.reminded", dispute, by=None, at=at, data={"decider": dispute.decider_id})
        return True
    dispute.decider_id, dispute.level = rung.person_id, dispute.level + 1
    dispute.save(update_fields=["decider", "level", "due_at", "reminded_at"])
    data = {"why": why, "decider": rung.person_id}
    tell("dispute.moved", dispute, by=None, at=at, data=data)
    return True


def _remind(dispute: Dispute, at: datetime) -> None:
    dispute.reminded_at = at
    dispute.save(update_fields=["reminded_at"])
    tell("dispute.reminded", dispute, by=None, at=at, data={"decider": dispute.decider_id})
