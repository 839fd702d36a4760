"""Clients who may recommend, what they agreed to, and how often the house wrote to them."""

from polecam.clients.models.clients import Client
from polecam.clients.models.contacts import (
    ClientChannel,
    ClientConsent,
    ClientPurpose,
    Touch,
    TouchKind,
)

__all__ = ["Client", "ClientChannel", "ClientConsent", "ClientPurpose", "Touch", "TouchKind"]
