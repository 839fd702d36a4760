"""Invitations that clients pass on, and what grows from them."""

from polecam.referrals.models.invitations import Card, Invitation
from polecam.referrals.models.referrals import (
    Contact,
    ContactResult,
    Grant,
    Kind,
    Meeting,
    Referral,
    StageTally,
    State,
    Warmth,
)

__all__ = [
    "Card",
    "Contact",
    "ContactResult",
    "Grant",
    "Invitation",
    "Kind",
    "Meeting",
    "Referral",
    "StageTally",
    "State",
    "Warmth",
]
