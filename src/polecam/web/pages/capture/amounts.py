"""What a referral may bring, as strings for "what you may earn" and its sum."""

from polecam.insights.estimate import Estimate
from polecam.web.pages.today.cards import trace, whole


def about(bonus: Estimate) -> dict[str, object]:
    """Context of the row and of the sheet "why"; no rows where the plan pays nothing."""
    return {
        "bonus": bonus,
        "trace": trace(bonus) if bonus.grosze else [],
        "bonus_amount": whole(bonus.grosze),
        "bonus_low": whole(bonus.low_grosze),
        "bonus_high": whole(bonus.high_grosze),
    }
