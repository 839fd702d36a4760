"""What this room holds about one person, to export or erase."""

from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.journal.record import record
from polecam.parties.models import Party
from polecam.thanks import giving
from polecam.thanks.models import GrantState, RewardGrant, Thanks, ThanksChoice


def export(party: Party) -> dict:
    """Thanks, the choice of thanks, and rewards with their worth."""
    choice = ThanksChoice.objects.filter(client__party=party).first()
    return {
        "thanks": [
            {"occasion": row.occasion, "way": row.way, "given_on": row.done_at.date().isoformat()}
            for row in Thanks.objects.filter(client__party=party).order_by("id")
            if row.done_at
        ],
        "thanks_choice": choice.choice if choice else None,
        "rewards": [
            {
                "reward": grant.reward.title_en,
                "worth_grosze": grant.value_grosze,
                "tax_class": grant.tax_class,
                "reward_state": grant.state,
                "year": grant.year,
                "why": grant.why,
                "given_on": grant.given_at.date().isoformat() if grant.given_at else None,
            }
            for grant in _of(party).select_related("reward").order_by("id")
        ],
    }


def _of(party: Party) -> QuerySet[RewardGrant]:
    """What the person gets, and what charity gets by their choice."""
    charity = Q(party=None, client__party=party, side="charity")
    return RewardGrant.objects.filter(Q(party=party) | charity)


def erase(party: Party, at: datetime) -> int:
    """Thanks and the choice go; a reward's worth stays for the books, without its person.

    What somebody wrote about a client's reward may name the friend, so it goes with the friend.

    What was promised and not given is cancelled: stock and budget come back.
    """
    gone, _ = Thanks.objects.filter(client__party=party).delete()
    chosen, _ = ThanksChoice.objects.filter(client__party=party).delete()
    rows = RewardGrant.objects.filter(party=party)
    _cancel(rows.filter(state__in=[GrantState.ASKED, GrantState.APPROVED]), at)
    named = rows.update(party=None, why="")
    RewardGrant.objects.filter(referral__party=party).exclude(why="").update(why="")
    brought = RewardGrant.objects.filter(client__party=party).update(client=None, why="")
    return gone + chosen + named + brought


def _cancel(rows: QuerySet[RewardGrant], at: datetime) -> None:
    for grant in rows.select_for_update(of=("self",), no_key=True).select_related("reward"):
        giving.give_back(grant)
        grant.state, grant.decided_at = GrantState.CANCELLED, at
        grant.save(update_fields=["state", "decided_at", "budget_year"])
        data = {"side": grant.side, "flag": grant.flag, "year": grant.year}
        record("reward_grant.cancelled", grant, by=None, at=at, branch=grant.branch_id, data=data)
