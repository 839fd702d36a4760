"""Verdicts in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polecam.claims.slip_check import Checked, Verdict
from polecam.web.pages.verify import words
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict, what the house says, and the whole text where the house added the proof.

    `unknown`: the house has no such receipt.
    """

    found: Checked
    house: str = ""
    unknown: bool = False
    text: str = ""


LOOKS = {
    Verdict.CONFIRMED: ("leaf", "badge-check"),
    Verdict.INCLUDED: ("leaf", "circle-check"),
    Verdict.SIGNED: ("chaber", "hourglass"),
    Verdict.UNREADABLE: ("honey", "circle-alert"),
}
BAD = ("poppy", "circle-alert")


def shown(answer: Answer) -> dict[str, Any]:
    """What the page says: tone, icon, title, a sentence, the house's own word, the facts."""
    found = answer.found
    tone, icon = BAD if answer.unknown else LOOKS.get(found.verdict, BAD)
    title, said = _unknown() if answer.unknown else _said(found)
    return {
        "tone": tone,
        "icon": icon,
        "title": title,
        "said": fmt.tie(said),
        "house": fmt.tie(_house(answer)),
        "rows": _rows(found),
        "root": found.root,
        "day": found.day,
    }


def _said(found: Checked) -> tuple[str, str]:
    day = words.long_day(found.day) if found.day else ""
    return {
        Verdict.UNREADABLE: (
            _("This is no whole receipt"),
            _("Copy all of it, from POLECAM-RECEIPT v1 to its last line."),
        ),
        Verdict.UNKNOWN_KEY: (
            _("Signed with an unknown key"),
            _("None of the keys below made this signature: it is another house's, or made up."),
        ),
        Verdict.FORGED: (
            _("Altered or forged"),
            _(
                "This is not what was signed. If it was copied by hand, copy it again; if it stays "
                "so, somebody changed it."
            ),
        ),
        Verdict.OTHER_ROOT: (
            _("Not under the root you pasted"),
            _(
                "The signature is right, but the receipt leads to another root of %(day)s. Either "
                "yours is of another day, or somebody rewrote the journal after your mail was sent."
            )
            % {"day": day},
        ),
        Verdict.SIGNED: (
            _("The signature is right, the day is not sealed yet"),
            _("After midnight the day's journal is closed under its root. Check again then."),
        ),
        Verdict.INCLUDED: (
            _("The signature is right, and it stands in the root of %(day)s") % {"day": day},
            _("Is it the root in your mail? Paste the mail below, and it is compared for you."),
        ),
        Verdict.CONFIRMED: (
            _("True, and unchanged since %(day)s") % {"day": day},
            _("The signature is right, and the receipt stands in the very root you kept."),
        ),
    }[found.verdict]


def _unknown() -> tuple[str, str]:
    return (
        _("The signature is right, but the journal here does not hold this receipt"),
        _(
            "It was signed with this house's key, and is missing from its records. Keep it, and "
            "show it to whoever you trust to look into it."
        ),
    )


def _house(answer: Answer) -> str:
    if not answer.found.root:
        return ""
    if not answer.house:
        return _("This house itself has no root of that day.")
    if answer.house == answer.found.root:
        return _("This house's own root of that day is the same.")
    return _(
        "This house's own root of that day is a different one today: its journal was changed "
        "after that day had been sealed."
    )


def _rows(found: Checked) -> list[tuple[str, str]]:
    if found.slip is None or found.verdict in (Verdict.UNKNOWN_KEY, Verdict.FORGED):
        return []
    rows = [
        (_("Number"), fmt.number(found.slip.number)),
        (_("What for"), words.what(found.slip.kind)),
        (_("Saved"), words.instant(found.slip.at)),
        (_("Key"), found.slip.key_id),
    ]
    if found.opening:
        rows.append((_("Id of the seller"), found.opening.person))
        rows.append((_("Id of the referral"), found.opening.referral))
    return rows
