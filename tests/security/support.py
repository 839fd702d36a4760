"""How a test comes in: by the real pages, with an app or a passkey in software."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pyotp
from django.test import Client as Browser

from polecam.actions import factors
from polecam.organisation.models import Setting
from polecam.people.models import Person
from polecam.signin.models import Factor
from polecam.web import presence
from tests.cast import PASSWORD
from tests.security.authenticator import Passkey

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


def browser(agent: str = CHROME, address: str = "10.0.0.7") -> Browser:
    """A browser of its own, somewhere, in English."""
    made = Browser(headers={"user-agent": agent}, REMOTE_ADDR=address)
    made.cookies["language"] = "en"
    return made


def knock(who: Browser, person: Person, password: str = PASSWORD, **more: str):
    """Send the sign-in form."""
    return who.post("/sign-in/", {"username": person.email, "password": password, **more})


def come_in(person: Person, **how: str) -> Browser:
    """A browser in which the person signed in by the password alone."""
    who = browser(**how)
    assert knock(who, person).status_code == 303
    assert who.get("/security/").status_code == 200
    return who


def is_in(who: Browser) -> bool:
    """Whether somebody is signed in there."""
    return who.get("/profile/").status_code == 200


def an_app(person: Person, at: datetime) -> tuple[Factor, list[str]]:
    """An app that was set up an hour ago, and the spare codes that came with it."""
    before = at - timedelta(hours=1)
    factor = factors.begin_app(by=person, at=before)
    code = pyotp.TOTP(factor.secret).at(before)
    codes = factors.confirm_app(by=person, at=before, factor=factor, code=code, name="Telefon")
    factor.refresh_from_db()
    return factor, codes


def code_of(factor: Factor, at: datetime | None = None) -> str:
    """What the app shows now."""
    return pyotp.TOTP(factor.secret).at(at or datetime.now(UTC))


def a_passkey(who: Browser, **more: object) -> Passkey:
    """A passkey, made on the page of the signed-in person; the codes it came with are passed by."""
    key = Passkey(**more)
    answer = who.post("/security/passkey/ask/")
    assert answer.status_code == 200, answer.status_code
    made = who.post("/security/passkey/", {"answer": key.make(answer.text), "name": "Klucz"})
    assert made.status_code in (200, 303)
    return key


def by_passkey(who: Browser, key: Passkey, **more: str):
    """Sign in by a passkey."""
    question = who.post("/sign-in/passkey/ask/").text
    return who.post("/sign-in/passkey/", {"answer": key.prove(question), **more})


def demand(at: datetime, *roles: str, grace: int = 0) -> None:
    """The firm demands a second factor of these roles."""
    for role in roles:
        Setting.objects.create(key=f"factor_{role}", value=True, valid_from=at, set_at=at)
    Setting.objects.create(key="factor_grace_days", value=grace, valid_from=at, set_at=at)


def marks(who: Browser, **changed: object) -> None:
    """Change what the session says of itself, as if time had passed."""
    session = who.session
    session[presence.MARK] = session[presence.MARK] | changed
    session.save()


def later(moment: float, **delta: int) -> float:
    """A stamp moved by so much."""
    return moment + timedelta(**delta).total_seconds()


def seen_codes(page: str) -> list[str]:
    """The spare codes on a page."""
    return [unescape(code) for code in re.findall(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", page)]


def fresh(who: Browser) -> None:
    """A session given by `force_login`, as if its person had just proved who they are."""
    session = who.session
    session[presence.MARK] = {
        "began": datetime.now(UTC).timestamp(),
        "seen": datetime.now(UTC).timestamp(),
        "proved": datetime.now(UTC).timestamp(),
        "idle": 43_200,
        "due": None,
        "strong": False,
        "bound": False,
    }
    session.save()
