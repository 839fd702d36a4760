"""A seller's own words for an ask: written, changed, retired. Asks remember what was said."""

from datetime import datetime

from django.db.models import Max

from polecam.actions import words_checks
from polecam.asking.models import Script
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.fields import new_public_id
from polecam.store.tx import action, lock


def write(
    *,
    by: Person,
    at: datetime,
    kind: str,
    language: str,
    text: str,
    exit_line: str,
    channel: str = "",
    relation: str = "",
    replaces: Script | None = None,
) -> Script:
    """Write a sentence for a kind of moment ("" = any), always with a way out for the client.

    `channel` and `relation` narrow it further ("" = any; words for a message hold `{link}`).
    `replaces`: an own sentence that this is the next version of. The same once more is once.
    Raises Refused (see words_checks), NotAllowed.
    """
    place = words_checks.Place(kind, channel, relation)
    words_checks.require_place(place)
    said = words_checks.checked(text, exit_line, language=language, channel=channel)
    with action():
        require(by, Permission.ASK)
        lock(by)  # two taps, two tabs: one after the other
        own = Script.objects.filter(seller=by)
        words = {
            "language": language,
            "moment_kind": kind,
            "channel": channel,
            "relation": relation,
            "text": said.text,
            "exit_line": said.exit_line,
        }
        same = own.filter(**words, retired_at=None).first()
        if same is not None and replaces in (None, same):
            return same
        if replaces is not None:
            _retire(by, at, replaces)
        if same is not None:
            return same
        code = replaces.code if replaces else f"own-{new_public_id()}"
        for older in own.filter(code=code, retired_at=None):
            _retire(by, at, older)
        newest = own.filter(code=code).aggregate(newest=Max("version"))["newest"]
        script = Script.objects.create(
            code=code, version=(newest or 0) + 1, seller=by, created_at=at, **words
        )
        record(
            "script.written",
            script,
            by=by,
            at=at,
            data={"code": script.code, "version": script.version, "kind": kind},
        )
    return script


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
