"""One client's page of thanks: words, ways, and why one of the ways is closed for now."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from polecam.actions.client_mail import agreed
from polecam.clients.contact_limit import may_contact
from polecam.clients.models import ClientChannel, ClientPurpose
from polecam.messages.models import Medium
from polecam.messages.texts_thanks import KINDS
from polecam.messages.words import composed
from polecam.parties.queries import reachable
from polecam.people.models import Person
from polecam.thanks import queries
from polecam.thanks.models import Thanks
from polecam.web.pages.thanks import words
from polecam.web.ui.firm import firm

LANGUAGES = (("pl", "Polski"), ("en", "English"))


def number_of(typed: str) -> int:
    """Which of the ready words, from 1; anything unreadable is the first."""
    return int(typed) if typed.isdecimal() and 0 < len(typed) < 4 else 1


def context(person: Person, thanks: Thanks, typed: str, *, at: datetime) -> dict[str, Any]:
    """What the template shows."""
    party = thanks.client.party
    said = words.sentences(thanks.occasion, party, person)
    at_now = (max(1, number_of(typed)) - 1) % len(said)
    same = queries.owed(person).filter(client=thanks.client, occasion=thanks.occasion)
    closed = _closed(thanks, at)
    return {
        "thanks": thanks,
        "open": thanks.done_at is None and thanks.skipped_at is None,
        "who": party,
        "to_whom": words.to_whom(party),
        "occasion": words.occasion(thanks.occasion, max(1, same.count())),
        "said": said[at_now],
        "number": at_now + 1,
        "following": (at_now + 1) % len(said) + 1,
        "thanked": words.thanked(person),
        "handed": words.handed(person),
        "email_closed": closed,
        "letters": [] if closed else [_letter(thanks, person, *one) for one in LANGUAGES],
    }


def _closed(thanks: Thanks, at: datetime) -> str:
    """Why no e-mail can go now; "" where one may."""
    client = thanks.client
    by = ClientChannel.EMAIL
    if not reachable(client.party)[by] or not agreed(client, by, ClientPurpose.THANKS):
        return _("This client has not agreed to thanks by e-mail; on their card they may.")
    if not may_contact(client, at=at):
        return _(
            "We wrote to this client not long ago, so an e-mail can wait. Words in person are "
            "always possible."
        )
    return ""


def _letter(thanks: Thanks, person: Person, code: str, label: str) -> dict[str, str]:
    """The e-mail as it would go, in one language; the way out of it leads to the card."""
    with translation.override(code):
        facts = {
            "firm": firm().name,
            "greeting": words.address(thanks.client.party),
            "seller": person.full_name,
            "own": "…",
        }
    subject, body = composed(KINDS[thanks.occasion], Medium.EMAIL, code, facts)
    return {"code": code, "label": label, "subject": subject, "body": body}
