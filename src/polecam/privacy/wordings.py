"""The exact words friends agree to: versioned rows that never change, re-renderable for ever.

To change a text: raise its number in VERSIONS, edit `texts.py`, and keep nothing else; rows of
older versions stay in the database for those who agreed to them.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.privacy.models import Wording
from polecam.privacy.texts import TEXTS

LANGUAGES = ("pl", "en")
VERSIONS: dict[str, int] = {
    "consent_phone": 1,
    "consent_sms": 1,
    "consent_email": 1,
    "consent_visit": 1,
    "consent_other_offers": 1,
    "consent_phone_branch": 1,
    "consent_sms_branch": 1,
    "consent_email_branch": 1,
    "consent_visit_branch": 1,
    "consent_phone_instead": 1,
    "consent_sms_instead": 1,
    "consent_email_instead": 1,
    "consent_visit_instead": 1,
    "consent_phone_cover": 1,
    "consent_sms_cover": 1,
    "consent_email_cover": 1,
    "consent_visit_cover": 1,
    "client_survey_email": 1,
    "client_thanks_email": 1,
    "telling": 1,
    "telling_unnamed": 1,
    "notice": 1,
    "terms": 1,
}


def digest(text: str) -> str:
    """SHA-256 of a wording, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(texts: Iterable[str]) -> str:
    """A short digest of several wordings as a page showed them, to come back with its form."""
    return digest("\x1f".join(texts))[:32]


def install(at: datetime) -> int:
    """Write the current wordings that the database lacks; how many. Harmless to repeat."""
    known = set(Wording.objects.values_list("code", "version", "language"))
    missing = [
        Wording(
            code=code,
            version=version,
            language=language,
            text=TEXTS[code][language],
            digest=digest(TEXTS[code][language]),
            created_at=at,
        )
        for code, version in VERSIONS.items()
        for language in LANGUAGES
        if (code, version, language) not in known
    ]
    Wording.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def current(code: str, language: str, *, at: datetime) -> Wording:
    """The row of the words shown today; installs them where a database has none yet."""
    lookup = {"code": code, "version": VERSIONS[code], "language": _known(language)}
    found = Wording.objects.filter(**lookup).first()
    if found is None:
        install(at)
        found = Wording.objects.get(**lookup)
    return found


def text(code: str, language: str) -> str:
    """Today's words without touching the database, placeholders and all."""
    return TEXTS[code][_known(language)]


def code_for(channel: str, *, names_branch: bool = False) -> str:
    """The code of the wording for a channel; of the whole branch where no seller is named."""
    return f"consent_{channel}{'_branch' if names_branch else ''}"


def fill(text: str, *, firm: str, branch: Branch, seller: Person | None, client: str = "") -> str:
    """The words as they were read: names for {seller}, {firm}, {branch}, {client} (first name)."""
    return text.format(
        seller=seller.full_name if seller else "",
        firm=firm,
        branch=place(branch),
        client=client,
    )


def place(branch: Branch) -> str:
    """`Oddział Podgórze, Kraków`."""
    return f"{branch.name}, {branch.city}" if branch.city else branch.name


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]
