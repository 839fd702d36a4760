"""The words of every message: the firm's own where there are some, the house's everywhere else.

A place to be filled is written `{firm}`. The firm may say it all in its own way, but only with
places that its sender fills, and never without those without which the law or the message falls.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from polecam.kit.errors import Refused
from polecam.messages import texts, texts_clients, texts_staff
from polecam.messages.models import Medium, Template

PLACE = re.compile(r"\{([a-z_]+)\}")
OLD_PLACE = re.compile(r"%\(([a-z_]+)\)s")
LINKS = frozenset({"url", "own", "link", "stop", "card"})
"""Places with a link: to act, to one's own page, out of the messages."""
NEEDED = LINKS | {"firm", "when", "other", "roots"}
"""Where the house's words have one of these, so must the firm's."""
OUT = ("stop", "card", "own")
"""Which link of a message to a client ends such messages: the first of these it has."""
FRIEND, CLIENT, STAFF = "friend", "client", "staff"
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_SMS = 150, 4_000, 700


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: for whom, and by which media it goes."""

    code: str
    reader: str
    media: tuple[str, ...]


def kinds() -> dict[str, Kind]:
    """Every kind of message there is, those to friends first."""
    both, letter = (str(Medium.EMAIL), str(Medium.SMS)), (str(Medium.EMAIL),)
    found = [Kind(code, FRIEND, both) for code in texts.EMAIL]
    found += [Kind(code, CLIENT, letter) for code in texts_clients.TEXTS]
    found += [Kind(code, STAFF, letter) for code in texts_staff.TEXTS]
    return {kind.code: kind for kind in found}


def house(kind: str, medium: str, language: str) -> tuple[str, str]:
    """The house's subject and body of a kind, with its places. Raises KeyError."""
    with translation.override(language):
        if medium == Medium.SMS:
            subject, body = "", texts.SMS[kind]()
        else:
            known = {**texts_staff.TEXTS, **texts_clients.TEXTS, **texts.EMAIL}
            subject, body = known[kind]()
    return _places(subject), _places(body)


def own(kind: str, medium: str, language: str) -> Template | None:
    """The firm's own words that count now."""
    rows = Template.objects.filter(code=kind, medium=medium, language=language, ended_at=None)
    return rows.order_by("-version").first()


def composed(kind: str, medium: str, language: str, facts: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body as they go out. Raises KeyError for an unknown kind or a missing fact.

    The firm's own words wait aside while they lack a place that a newer house needs.
    """
    found = own(kind, medium, language)
    if found is not None and set(needed(kind, medium)) <= set(PLACE.findall(found.body)):
        said = found.subject, found.body
    else:
        said = house(kind, medium, language)
    subject = " ".join(filled(said[0], facts).split())
    body = "\n".join(line.rstrip() for line in filled(said[1], facts).split("\n"))
    return subject[:LONGEST_SUBJECT], body


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its places filled, once: what is filled in is never looked at again."""
    return PLACE.sub(lambda found: facts[found[1]], text)


def way_out(facts: Mapping[str, str]) -> str:
    """The link by which a client ends such messages; empty where there is none."""
    return next((facts[name] for name in OUT if facts.get(name)), "")


def places(kind: str, medium: str) -> list[str]:
    """The places a sender of this kind fills, in the order of the house's words."""
    subject, body = house(kind, medium, "en")
    return list(dict.fromkeys(PLACE.findall(f"{subject} {body}")))


def needed(kind: str, medium: str) -> list[str]:
    """The places that the firm's own words must keep, too."""
    body = house(kind, medium, "en")[1]
    return [name for name in dict.fromkeys(PLACE.findall(body)) if name in NEEDED]


def looked_at(kind: str, medium: str, subject: str, body: str) -> tuple[str, str]:
    """The firm's own words, squared up. Raises Refused("template_...") with the field at fault."""
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    letter = medium != Medium.SMS
    if letter and not subject:
        raise Refused("template_subject", field="subject")
    most = LONGEST_BODY if letter else LONGEST_SMS
    if not body or len(body) > most:
        raise Refused("template_length", field="body", most=most)
    if len(subject) > LONGEST_SUBJECT:
        raise Refused("template_length", field="subject", most=LONGEST_SUBJECT)
    known = places(kind, medium)
    for field, text in (("subject", subject), ("body", body)):
        strange = next((name for name in PLACE.findall(text) if name not in known), "")
        if strange:
            raise Refused("template_place_unknown", field=field, place=f"{{{strange}}}")
    there = PLACE.findall(body)
    missing = next((name for name in needed(kind, medium) if name not in there), "")
    if missing:
        raise Refused("template_place_missing", field="body", place=f"{{{missing}}}")
    if any(name in LINKS for name in PLACE.findall(subject)):
        raise Refused("template_link_in_subject", field="subject")
    return (subject if letter else ""), body


def _places(text: str) -> str:
    return OLD_PLACE.sub(r"{\1}", text).replace("%%", "%")
