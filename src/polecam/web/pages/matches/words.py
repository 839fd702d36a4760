"""Likeness and reasons in words: never a naked number, never a number of a phone."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.parties.models import Match

REASONS: dict[str, str | Promise] = {
    "same_name": gettext_lazy("The same name"),
    "diminutive": gettext_lazy("A familiar form of the name, as Kasia is of Katarzyna"),
    "swapped": gettext_lazy("First name and surname have changed places"),
    "typo": gettext_lazy("One letter or two apart"),
    "initial": gettext_lazy("The initial fits"),
    "part": gettext_lazy("One name is part of the other"),
    "rare_name": gettext_lazy("Hardly anybody here has this name"),
    "other_surname": gettext_lazy("Another surname"),
    "contradiction": gettext_lazy("The names differ"),
}
AGAINST = frozenset({"other_surname", "contradiction"})
STAGES: dict[str, str | Promise] = {
    "consented": gettext_lazy("agreed to a talk"),
    "contacted": gettext_lazy("contacted"),
    "meeting": gettext_lazy("meeting"),
    "won": gettext_lazy("became a client"),
    "lost": gettext_lazy("came to nothing"),
}
VERY, QUITE = 9_000, 8_000
"""Basis points from which a pair is called so; below: somewhat."""


def likeness(score_bp: int) -> str:
    """How alike, as one would say it."""
    if score_bp >= VERY:
        return _("Very alike")
    return _("Quite alike") if score_bp >= QUITE else _("Somewhat alike")


def reasons(match: Match) -> list[tuple[str, bool]]:
    """Each reason with whether it speaks for one person; contact data as yes or no."""
    codes: Sequence[str] = match.reasons
    found = [(str(REASONS[code]), code not in AGAINST) for code in codes if code in REASONS]
    for key, yes, no in (
        ("phone", _("The same phone number: yes"), _("The same phone number: no")),
        ("email", _("The same e-mail address: yes"), _("The same e-mail address: no")),
    ):
        if f"same_{key}" in codes:
            found.insert(0, (yes, True))
        elif f"other_{key}" in codes:
            found.append((no, False))
    return found
