"""The house's words as the firm wants them: a new version, a new sentence, one put away.

Old versions stay: asks remember what was said, and results belong to a version.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max, QuerySet

from polecam.actions import words_checks
from polecam.asking.models import Script
from polecam.asking.words import LANGUAGES
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.fields import new_public_id
from polecam.store.tx import action, lock_keys

Texts = Mapping[str, words_checks.Said]
"""Language -> sentence and exit line."""


def write(
    *,
    by: Person,
    at: datetime,
    place: words_checks.Place,
    texts: Texts,
    code: str = "",
) -> str:
    """A new sentence of the house's in both languages, or the next version of `code`.

    Returns its code. Raises Refused("words_unknown", "words_unchanged") and those of
    words_checks (fields named `text_pl`, `exit_line_en` ...), NotAllowed.
    """
    words_checks.require_place(place)
    said = {
        language: words_checks.checked(
            *texts[language], language=language, channel=place.channel, suffix=f"_{language}"
        )
        for language in LANGUAGES
    }
    with action():
        require(by, Permission.EDIT_WORDS)
        version = 1
        if code:
            lock_keys([f"house-words:{code}"])
            version = _next(code, place, said)
            _of(code).filter(retired_at=None).update(retired_at=at)
        code = code or f"firm-{new_public_id()}"
        rows = [
            Script.objects.create(
                code=code,
                version=version,
                language=language,
                changed_by=by,
                moment_kind=place.kind,
                channel=place.channel,
                relation=place.relation,
                text=said[language].text,
                exit_line=said[language].exit_line,
                created_at=at,
            )
            for language in LANGUAGES
        ]
        data = {"code": code, "version": version, "kind": place.kind}
        record("script.changed", rows[0], by=by, at=at, data=data)
    return code


def _of(code: str) -> QuerySet[Script]:
    return Script.objects.filter(seller=None, code=code)


def _next(code: str, place: words_checks.Place, said: Texts) -> int:
    newest = _of(code).aggregate(newest=Max("version"))["newest"]
    if newest is None:
        raise Refused("words_unknown")
    now = {
        row.language: (row.moment_kind, row.channel, row.relation, row.text, row.exit_line)
        for row in _of(code).filter(version=newest, retired_at=None)
    }
    if now == {language: (*place, *said[language]) for language in LANGUAGES}:
        raise Refused("words_unchanged")
    return int(newest) + 1


def retire(*, by: Person, at: datetime, code: str) -> None:
    """Suggest a sentence of the house's no more; twice is once.

    Raises Refused("words_unknown", "words_last") when nothing else would suit any moment.
    """
    with action():
        require(by, Permission.EDIT_WORDS)
        lock_keys([f"house-words:{code}"])
        rows = list(_of(code).filter(retired_at=None).order_by("id"))
        if not rows:
            if not _of(code).exists():
                raise Refused("words_unknown")
            return
        if not rows[0].moment_kind and not _stands_without(code, rows[0].channel):
            raise Refused("words_last")
        _of(code).filter(retired_at=None).update(retired_at=at, changed_by=by)
        data = {"code": code, "version": rows[0].version}
        record("script.dropped", rows[0], by=by, at=at, data=data)


def _stands_without(code: str, channel: str) -> bool:
    """Whether some other sentence still suits any moment and relation by the same channel."""
    rest = Script.objects.filter(seller=None, retired_at=None, moment_kind="", relation="")
    return rest.exclude(code=code).filter(channel=channel).exists()
