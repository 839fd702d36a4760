"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.parties.models import Party
from polecam.thanks.models import RewardGrant, Thanks, ThanksChoice


def export(party: Party) -> dict:
    """Thanks, the choice of thanks, and rewards with their worth."""
    choice = ThanksChoice.objects.filter(client__party=party).first()
    return {
        "thanks": [
            {"occasion": row.occasion, "given_on": row.done_at.date().isoformat()}
            for row in Thanks.objects.filter(client__party=party).order_by("id")
            if row.done_at
        ],
        "thanks_choice": choice.choice if choice else None,
        "rewards": [
            {
                "what": grant.reward.title_en,
                "worth_grosze": grant.value_grosze,
                "tax_class": grant.tax_class,
                "state": grant.state,
            }
            for grant in RewardGrant.objects.filter(party=party).select_related("reward")
        ],
    }


def erase(party: Party, at: datetime) -> int:
    """Thanks and the choice go; a reward's worth stays for the books, without its person."""
    gone, _ = Thanks.objects.filter(client__party=party).delete()
    chosen, _ = ThanksChoice.objects.filter(client__party=party).delete()
    return gone + chosen + RewardGrant.objects.filter(party=party).update(party=None, client=None)
