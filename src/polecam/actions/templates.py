"""The firm's own words for a kind of message, as versions over the house's."""

from datetime import datetime

from polecam.actions import outbox
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.messages import samples, words
from polecam.messages.models import Message, Template
from polecam.messages.outbox import Letter
from polecam.messages.outbox import write as put_into
from polecam.messages.quiet import TEST
from polecam.organisation.settings import organisation
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx

LANGUAGES = ("pl", "en")


def write(
    *, by: Person, at: datetime, kind: str, medium: str, language: str, subject: str, body: str
) -> Template:
    """From now on such messages say this; the version before stays on record.

    The same words again change nothing. Raises Refused("template_..."), NotAllowed.
    """
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        _known(kind, medium, language)
        subject, body = words.looked_at(kind, medium, subject, body)
        tx.lock_keys([f"template:{kind}:{medium}:{language}"])
        current = words.own(kind, medium, language)
        if current is not None and (current.subject, current.body) == (subject, body):
            return current
        rows = Template.objects.filter(code=kind, medium=medium, language=language)
        newest = rows.order_by("-version").values_list("version", flat=True).first() or 0
        rows.filter(ended_at=None).update(ended_at=at)
        made = Template.objects.create(
            code=kind,
            medium=medium,
            language=language,
            version=newest + 1,
            subject=subject,
            body=body,
            written_by=by,
            written_at=at,
        )
        data = {"kind": kind, "medium": medium, "language": language, "version": made.version}
        record("template.written", made, by=by, at=at, data=data)
    return made


def end(*, by: Person, at: datetime, kind: str, medium: str, language: str) -> None:
    """Back to the house's words. Twice is once. Raises NotAllowed."""
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        _known(kind, medium, language)
        current = words.own(kind, medium, language)
        if current is None:
            return
        Template.objects.filter(pk=current.pk).update(ended_at=at)
        data = {"kind": kind, "medium": medium, "language": language}
        record("template.ended", current, by=by, at=at, data=data)


def try_out(
    *, by: Person, at: datetime, kind: str, medium: str, language: str, subject: str, body: str
) -> Message:
    """Send these words, filled with invented facts, to oneself and to nobody else.

    A text message comes as a letter too: the house knows no number of anybody who works here.
    Raises Refused("template_..."), NotAllowed.
    """
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        _known(kind, medium, language)
        subject, body = words.looked_at(kind, medium, subject, body)
        firm = organisation()
        facts = samples.facts(kind, medium, language, firm=firm.name, zone=firm.zone)
        event = record("template.tested", by, by=by, at=at, data={"kind": kind, "medium": medium})
        letter = Letter(
            kind=TEST,
            to=by.email,
            subject=words.filled(subject, facts) or "SMS",
            body=words.filled(body, facts),
            language=language,
            person=by,
        )
        message = put_into(letter, event=event, at=at)
    return outbox.post(message, at=at)


def _known(kind: str, medium: str, language: str) -> None:
    found = words.kinds().get(kind)
    if found is None or medium not in found.media or language not in LANGUAGES:
        raise Refused("choice_unknown")
