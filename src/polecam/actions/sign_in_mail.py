"""A person hears of every change to how they sign in, and of a sign-in on a new device."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.utils import translation

from polecam.actions.staff_mail import send_to_staff
from polecam.journal.models import Event
from polecam.messages import texts_signin
from polecam.organisation.settings import zone
from polecam.people.models import Person
from polecam.signin.models import Session

PLAIN = {
    "factor.doubted": "doubted",
    "person.codes_made": "codes_made",
    "person.code_used": "code_used",
    "person.factors_reset": "reset",
    "person.helped_in": "helped_in",
}


def tell(*, event: Event, at: datetime) -> None:
    """Write the letter about one event, once; nothing where there is nothing to tell."""
    what = _what(event)
    ident = event.data.get("person", event.subject)
    person = Person.objects.filter(public_id=ident).first()
    if person is None or not what:
        return
    facts = {"when": _when(event.at, person.language), "url": f"{settings.BASE_URL}/security/"}
    kind = texts_signin.SIGN_IN
    if what == texts_signin.NEW_DEVICE:
        kind = what
        facts["device"] = _device(event)
    else:
        with translation.override(person.language):
            facts["what"] = texts_signin.WHAT[what]()
    send_to_staff(event=event, kind=kind, person=person, facts=facts, at=at)


def _what(event: Event) -> str:
    if event.kind == "person.signed_in":
        return texts_signin.NEW_DEVICE if event.data.get("new") else ""
    if event.kind == "person.changed":
        return "password" if event.data.get("fields") == ["password"] else ""
    if event.kind in ("factor.added", "factor.removed"):
        return f"{event.data['kind']}_{event.kind.partition('.')[2]}"
    return PLAIN[event.kind]


def _device(event: Event) -> str:
    session = Session.objects.filter(public_id=event.data.get("session", "")).first()
    return session.device if session is not None and session.device else "?"


def _when(at: datetime, language: str) -> str:
    return str(format_datetime(at, "d MMMM y, HH:mm", tzinfo=ZoneInfo(zone()), locale=language))
