"""Consents with their wording, who objected, what people ask, and balancing tests."""

from polecam.privacy.models.consents import (
    Channel,
    Consent,
    Held,
    Purpose,
    Suppression,
    SuppressionKind,
    Telling,
    Wording,
)
from polecam.privacy.models.requests import (
    BalancingTest,
    Came,
    PersonRequest,
    RequestKind,
    RequestOutcome,
)

__all__ = [
    "BalancingTest",
    "Came",
    "Channel",
    "Consent",
    "Held",
    "PersonRequest",
    "Purpose",
    "RequestKind",
    "RequestOutcome",
    "Suppression",
    "SuppressionKind",
    "Telling",
    "Wording",
]
