"""What is kept about a person, in chapters of plain lines for reading and printing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.web.pages.privacy.labels import CAME, OUTCOMES, REQUESTS
from polecam.web.pages.rewards import words as rewards
from polecam.web.pages.surveys.words import HELPED_MOST
from polecam.web.ui import format as fmt

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d$")
CHAPTERS: dict[str, str | Promise] = {
    "parties": _("Identity and contact"),
    "clients": _("As a client"),
    "referrals": _("Referrals"),
    "claims": _("Who worked with them"),
    "privacy": _("Consents"),
    "asking": _("Moments"),
    "surveys": _("Answers about satisfaction"),
    "thanks": pgettext_lazy("chapter", "Thanks"),
    "sales": _("Sales and complaints"),
    "messages": _("Messages sent"),
    "imports": _("Rejected rows of files"),
    "files": _("Names of files"),
    "card": _("The own page"),
}
WHAT: dict[str, str | Promise] = {
    "opened_at": _("Opened"),
    "valid_until": _("Valid until"),
    "own_words": _("Own words"),
    "link": pgettext_lazy("what is kept", "Link"),
    "made_at": _("Made"),
    "reached": _("How far it has come"),
    "about": pgettext_lazy("what is kept", "What for"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "kept_since": _("Kept since"),
    "known_since": _("Kept since"),
    "number": _("Client number"),
    "client_since": _("Client since"),
    "renews_on": _("Renews on"),
    "learned_from": _("How we learned of it"),
    "product": _("Product"),
    "branch": _("Branch"),
    "looked_after_by": _("Looked after by"),
    "not_to_be_asked_since": _("Not to be asked since"),
    "rests_until": _("Rests until"),
    "source": _("Source"),
    "recorded_by": _("Recorded by"),
    "kind": _("Kind"),
    "need": _("Need"),
    "state": _("State"),
    "captured_at": _("Recorded"),
    "consented_at": _("Consent confirmed"),
    "preferred_channel": _("Chosen channel"),
    "preferred_day": _("Chosen day"),
    "preferred_time": _("Chosen time"),
    "erase_at": _("Erased by itself"),
    "channel": _("Channel"),
    "result": _("Result"),
    "at": _("When"),
    "held_at": _("Took place"),
    "holder": _("Who"),
    "since": _("Since"),
    "until": _("Until"),
    "ended_at": _("Ended on"),
    "purpose": _("Purpose"),
    "receiver": _("For whom"),
    "wording": _("Words agreed to"),
    "wording_holds": _("Compared with its checksum"),
    "wording_version": _("Version of the words"),
    "request": _("Asked for"),
    "came": _("How it came"),
    "received_on": _("Came on"),
    "due_on": _("To be answered by"),
    "extended_why": _("Extended because"),
    "done_at": _("Answered"),
    "outcome": pgettext_lazy("a request", "What became of it"),
    "language": _("Language"),
    "collected": _("How it was given"),
    "given_at": _("Given"),
    "confirmed_at": _("Confirmed"),
    "withdrawn_at": _("Withdrawn"),
    "on": _("Day"),
    "rating": _("Rating"),
    "note": _("Note"),
    "noted_at": _("Noted"),
    "sold_on": _("Day of sale"),
    "value_grosze": _("Value"),
    "contract": _("Contract"),
    "ground": _("Ground"),
    "decision": _("Decision"),
    "recorded_at": _("Recorded"),
    "upheld": _("Upheld"),
    "asked_on": _("Asked how it was"),
    "score": _("Answer, 0 to 10"),
    "what_helped": _("What helped most"),
    "taken_back_on": pgettext_lazy("consent", "Taken back"),
    "occasion": pgettext_lazy("thanks", "For what"),
    "way": pgettext_lazy("thanks", "How"),
    "given_on": _("Given"),
    "thanks_choice": _("How they want to be thanked"),
    "reward": pgettext_lazy("what is kept", "What"),
    "worth_grosze": _("Worth"),
    "tax_class": _("Tax class"),
    "year": _("Year"),
    "why": _("Reason"),
    "reward_state": _("State"),
    "asked_whether_free_on": _("Asked whether they felt free to refuse"),
    "answered_on": _("Answered"),
    "medium": _("Sent as"),
    "to": _("To"),
    "subject": _("Subject"),
    "body": _("Text"),
    "sent_at": _("Sent"),
    "line": _("Line"),
    "reason": _("Reason"),
    "cells": _("Cells"),
    "files": _("File"),
}
VALUES: dict[str, str | Promise] = {
    "survey": _("a question about satisfaction"),
    "thanks": _("a thank-you"),
    "card": _("on their own page"),
    "import": _("told by the firm's own system"),
    "ready": _("to pass on"),
    "passed": _("passed on"),
    "answered": _("they answered"),
    "talked": _("the talk took place"),
    "phone": _("by phone"),
    "sms": _("by text message"),
    "email": _("by e-mail"),
    "visit": _("by coming"),
    "referral": _("this recommendation"),
    "other_offers": _("other offers"),
    "link": _("on the page of the invitation"),
    "walk_in": _("on their own phone in the branch"),
    "asked": _("the client was asked"),
    "spontaneous": _("the client began"),
    "imported": _("from a file"),
    "captured": _("recorded"),
    "invited": _("invited"),
    "consented": _("agreed to a talk"),
    "contacted": _("contacted"),
    "meeting": _("meeting"),
    "won": _("became a client"),
    "lost": _("came to nothing"),
    "objected": _("objected"),
    "expired": _("expired"),
    "confirm": _("a link to confirm"),
    "confirmed": _("a thank-you"),
    "reached": _("reached"),
    "no_answer": _("no answer"),
    "wrong_number": _("wrong number"),
}
"""Codes as words; a code that is not here is shown as it is kept."""
SPOKEN = frozenset(
    {"about", "reached", "channel", "purpose", "collected", "kind", "state", "medium", "result"}
)
OF_REQUESTS: dict[str, Mapping[str, str | Promise]] = {
    "request": REQUESTS,
    "came": CAME,
    "outcome": OUTCOMES,
    "what_helped": HELPED_MOST,
    "occasion": {"recommended": _("for a recommendation"), "talked": _("after a talk")},
    "way": {"words": _("in words"), "card": _("with a card"), "email": _("by e-mail")},
    "learned_from": {
        "taps": _("noted by an employee"),
        "import": _("from a file"),
        "survey": _("from a survey"),
        "webhook": _("from another system of the firm"),
        "email": _("from another system of the firm"),
        "date": _("by date"),
        "house": _("noted by Polecam"),
    },
    "thanks_choice": {**rewards.SIDES, "none": _("wants nothing")},
    "tax_class": rewards.TAX,
    "reward_state": {code: said for code, (said, _tone) in rewards.STATES.items()},
}
PROOF_ONLY = frozenset({"id", "wording_digest", "sale"})
"""In the file that is handed out, but nothing to read."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One room's knowledge: items, each a list of (what, value)."""

    title: str
    items: list[list[tuple[str, str]]]


def chapters(told: dict[str, dict]) -> list[Chapter]:
    """The export, room by room, empty values left out."""
    found = [Chapter(str(CHAPTERS.get(room, room)), _items(known)) for room, known in told.items()]
    return [chapter for chapter in found if chapter.items]


def _items(known: dict[str, Any]) -> list[list[tuple[str, str]]]:
    """Flat values make one item; a list of records makes one item each, records inside follow."""
    flat = [
        (str(WHAT.get(key, key)), shown(key, value))
        for key, value in known.items()
        if key not in PROOF_ONLY and not isinstance(value, dict | list) and value not in ("", None)
    ]
    items = [flat] if flat else []
    for key, value in known.items():
        if isinstance(value, dict):
            items += _items(value)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            items += [item for record in value for item in _items(record)]
        elif isinstance(value, list) and value:
            items.append([(str(WHAT.get(key, key)), ", ".join(map(str, value)))])
    return items


def shown(key: str, value: Any) -> str:
    """Codes, days, instants and amounts as people read them; the rest as it is."""
    if key.endswith("_grosze"):
        return fmt.zl(value)
    if key == "wording_holds":
        return str(_("word for word what was agreed to") if value else _("the words were changed"))
    if key in OF_REQUESTS:
        return str(OF_REQUESTS[key].get(value, value))
    if key in SPOKEN or key == "preferred_channel":
        return str(VALUES.get(value, value))
    text = str(value)
    if DAY.fullmatch(text):
        return fmt.day(date.fromisoformat(text))
    if INSTANT.match(text):
        moment = datetime.fromisoformat(text)
        return f"{fmt.day(moment)}, {fmt.clock(moment)}"
    return text
