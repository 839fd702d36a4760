"""What the pages of this area call things: ways in, outcomes, how somebody was identified."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Word = str | Promise

WAYS: dict[str, Word] = {
    "password": _("password"),
    "totp": _("password and code"),
    "passkey": _("passkey"),
    "spare": _("spare code"),
    "sso": _("the firm’s sign-on"),
    "welcome": _("invitation"),
    "persona": _("persona of the demo"),
}
OUTCOMES: dict[str, Word] = {
    "in": pgettext_lazy("sign-in", "signed in"),
    "half": pgettext_lazy("sign-in", "first step only"),
    "wrong": pgettext_lazy("sign-in", "did not fit"),
    "too_often": pgettext_lazy("sign-in", "too many tries"),
    "not_here": pgettext_lazy("sign-in", "unknown address"),
    "out": pgettext_lazy("sign-in", "signed out"),
    "ended": pgettext_lazy("sign-in", "session ended elsewhere"),
}
TONES = {"in": "leaf", "wrong": "honey", "too_often": "poppy", "not_here": "honey"}
WITHOUT_WAY = frozenset({"out", "ended"})
"""Where how somebody had come in says nothing."""
HOW: list[tuple[str, Word]] = [
    ("in_person", _("We met, and I know them or saw an identity card")),
    ("by_video", _("I saw them on a video call")),
    ("called_back", _("I called the number I have known before")),
]
