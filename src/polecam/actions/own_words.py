"""A seller's own words for an ask: written, changed, retired. Asks remember what was said."""

from datetime import datetime

from polecam.asking import kinds
from polecam.asking.models import Script
from polecam.asking.words import LANGUAGES
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.rules import holds_contact
from polecam.store.fields import new_public_id
from polecam.store.tx import action, lock

LONGEST = 240
LONGEST_EXIT = 160


def write(
    *,
    by: Person,
    at: datetime,
    kind: str,
    language: str,
    text: str,
    exit_line: str,
    replaces: Script | None = None,
) -> Script:
    """Write a sentence for a kind of moment ("" = any), always with a way out for the client.

    `replaces`: an own sentence that this is the next version of. Raises Refused("words_missing",
    "exit_line_missing", "words_too_long", "words_with_contact", "unknown_moment"), NotAllowed.
    """
    text, exit_line = " ".join(text.split()), " ".join(exit_line.split())
    _check(kind, language, text, exit_line)
    with action():
        require(by, Permission.ASK)
        if replaces is not None:
            _retire(by, at, replaces)
        script = Script.objects.create(
            code=replaces.code if replaces else f"own-{new_public_id()}",
            version=replaces.version + 1 if replaces else 1,
            language=language,
            seller=by,
            moment_kind=kind,
            text=text,
            exit_line=exit_line,
            created_at=at,
        )
        record(
            "script.written",
            script,
            by=by,
            at=at,
            data={"code": script.code, "version": script.version, "kind": kind},
        )
    return script


def _check(kind: str, language: str, text: str, exit_line: str) -> None:
    good = {known.code for known in kinds.known().values() if known.good}
    if (kind and kind not in good) or language not in LANGUAGES:
        raise Refused("unknown_moment", field="kind")
    if not text:
        raise Refused("words_missing", field="text")
    if not exit_line:
        raise Refused("exit_line_missing", field="exit_line")
    if len(text) > LONGEST or len(exit_line) > LONGEST_EXIT:
        raise Refused("words_too_long", field="text", longest=LONGEST)
    if holds_contact(text):
        raise Refused("words_with_contact", field="text")


def retire(*, by: Person, at: datetime, script: Script) -> None:
    """Use an own sentence no more. Raises NotAllowed for the house's or a colleague's."""
    with action():
        require(by, Permission.ASK)
        _retire(by, at, script)


def _retire(by: Person, at: datetime, script: Script) -> None:
    script = lock(script)
    if script.seller_id != by.pk:
        raise NotAllowed("not_your_words")
    if script.retired_at is None:
        script.retired_at = at
        script.save(update_fields=["retired_at"])
        record("script.retired", script, by=by, at=at, data={"code": script.code})
