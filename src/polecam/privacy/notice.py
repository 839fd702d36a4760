"""The Art. 14 notice of one invitation: every field filled, whatever the firm left empty."""

from dataclasses import dataclass
from datetime import datetime

from polecam.organisation import settings
from polecam.organisation.models import Branch, Organisation
from polecam.people.models import Membership, Person, Role
from polecam.privacy import wordings

FIELDS = (
    "controller officer purpose basis categories recipients retention rights source automated"
).split()
SOURCES = {
    ("pl", True): "Imię podał nam nasz klient, który Cię poleca: {client}.",
    ("pl", False): "Imię podał nam nasz klient, który Cię poleca. Jego nazwiska tu nie pokazujemy, "
    "bo zdradzałoby, że jest klientem; poznasz je, pytając inspektora ochrony danych.",
    ("en", True): "Your first name was given by our client who recommends you: {client}.",
    ("en", False): "Your first name was given by our client who recommends you. We do not show "
    "their name here, because it would reveal that they are a client; the data protection officer "
    "will tell you.",
}
NEUTRAL = {
    "pl": "Imię podała nam osoba, która Cię poleca. Nie mówimy, kto to jest ani czy coś nas z nią "
    "łączy; inspektor ochrony danych odpowie na Twoje pytanie o źródło.",
    "en": "Your first name was given by the person who recommends you. We do not say who that is "
    "or whether anything connects us; the data protection officer answers a question about the "
    "source.",
}
"""The source in bank-secrecy mode: even "our client" would reveal a banking relation."""


@dataclass(frozen=True, slots=True)
class Section:
    """One field of the notice: its key (one of FIELDS), title and text."""

    key: str
    title: str
    text: str


def sections(
    *,
    firm: Organisation,
    branch: Branch,
    seller: Person | None,
    client_name: str,
    language: str,
    at: datetime,
) -> list[Section]:
    """The ten fields in order. `seller` None and `client_name` "" where no names may show."""
    held = settings.values("unanswered_days", "inactive_days", "bank_secrecy", at=at, branch=branch)
    lang = language if language in wordings.LANGUAGES else wordings.LANGUAGES[0]
    place = wordings.place(branch)
    values = {
        "firm": firm.name,
        "address": firm.address or place,
        "contact": firm.privacy_contact or officer_contact() or firm.address or place,
        "receiver": f"{seller.full_name}, {place}" if seller else place,
        "source": NEUTRAL[lang]
        if held["bank_secrecy"]
        else SOURCES[lang, bool(client_name)].format(client=client_name),
        **held,
    }
    return [Section(key, title, body.format(**values)) for key, title, body in _blocks(lang)]


def officer_contact() -> str:
    """The e-mail of a data protection officer who works here, if there is one."""
    found = (
        Membership.objects.filter(role=Role.DPO, until=None, person__is_active=True)
        .order_by("since", "id")
        .values_list("person__email", flat=True)
        .first()
    )
    return found or ""


def _blocks(language: str) -> list[tuple[str, str, str]]:
    found = []
    lines = wordings.text("notice", language).split("\n")
    for head, body in zip(lines[::2], lines[1::2], strict=True):
        key, _, title = head.partition("|")
        found.append((key, title, body))
    return found
