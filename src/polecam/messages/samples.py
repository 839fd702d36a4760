"""Invented facts that fill a message for its preview and for an admin's test; no link leads on."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from polecam.messages import texts_signin, words
from polecam.messages.texts import spoken

MEETING = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
PATHS = {"url": "c", "own": "f", "link": "s", "stop": "s", "card": "card"}
KEY = "przyklad2345678-AbCdEfGhIjKlMnOpQrStUv"
"""As long as a real key, so that a text message is counted right; it opens nothing."""
ROOT = "8f3a41c09d5e7b26f0a1c4e88d93b75210ce6f4a9b3d7e51c2a08f6d4e9b1735"


def facts(kind: str, medium: str, language: str, *, firm: str, zone: str) -> dict[str, str]:
    """Something for each place of this kind, in `language`."""
    with translation.override(language):
        known = {
            "firm": firm,
            "seller": "Marta Zielińska",
            "other": "Kamil Duda",
            "greeting": _("Good day, Ms Anna"),
            "device": "Chrome · Windows",
            "what": texts_signin.WHAT["passkey_added"](),
            "when": spoken(MEETING, language, zone),
            "helps": "",
            "day": "25.11.2026",
            "roots": ROOT,
            "name": _("Clients of the night"),
            "why": _("Its headings are not the same as before."),
        }
        links = {name: f"{settings.BASE_URL}/{at}/{KEY}/" for name, at in PATHS.items()}
    return {name: {**links, **known}.get(name, "…") for name in words.places(kind, medium)}
