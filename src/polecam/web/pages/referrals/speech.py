"""Words to say: to the friend now, and thanks to the client, never timed by a sale."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from polecam.kit import polish
from polecam.kit.polish_endings import Case
from polecam.referrals import states
from polecam.web.pages.referrals.facts import Facts
from polecam.web.ui import format as fmt


def to_say(known: Facts, short: str) -> str:
    """One natural beginning, in the reader's language; empty where there is nothing to say.

    The client is named only when the client passed the link on themselves (compliance.md).
    """
    if not known.holds or known.referral.state not in states.WORKABLE or not known.referral.party:
        return ""
    meeting = known.meeting
    if meeting and not meeting.held_at and not meeting.missed_at:
        return ""
    given = known.referral.party.form
    form = given if given in ("f", "m") else polish.guess_form(short)
    said = {
        "me": known.reader.full_name,
        "name": _address(short, form),
        "you": "you" if fmt.language() == "en" else polish.polite(form),
        "client": _client(known),
    }
    return fmt.tie(_words(known) % said)


def _words(known: Facts) -> str:
    meeting = known.meeting
    if meeting and meeting.missed_at:
        return _("%(name)s, we missed each other. Do %(you)s have time on another day?")
    if meeting and meeting.held_at:
        return _("%(name)s, which question has stayed after our meeting?")
    if known.referral.state == states.CONTACTED:
        return _("%(name)s, let us sit down to it for half an hour. When do %(you)s have a moment?")
    if _may_name(known):
        return _(
            "Good morning, this is %(me)s, recommended by %(client)s. Do %(you)s have five "
            "minutes for a calm talk?"
        )
    return _("Good morning, this is %(me)s. We were to talk. Do %(you)s have five minutes now?")


def _may_name(known: Facts) -> bool:
    invitation = known.referral.invitation
    return bool(known.referral.client and invitation and not invitation.shown_by_seller)


def _client(known: Facts) -> str:
    client = known.referral.client
    if client is None:
        return ""
    party = client.party
    if fmt.language() == "en":
        return party.first_name
    form = party.form if party.form in ("f", "m") else polish.guess_form(party.first_name)
    title = polish.polite(form, Case.GENITIVE).lower()
    return f"{title} {polish.genitive(party.first_name, form)}"


def _address(first_name: str, form: str | None) -> str:
    return first_name if fmt.language() == "en" else polish.address(first_name, form)


def thanks(known: Facts) -> dict[str, Any] | None:
    """Words for the client: after the recommendation, and after the talk; never after a sale."""
    client = known.referral.client
    if client is None or known.referral.originator_id != known.reader.pk:
        return None
    if known.referral.state in (states.WON, *states.ENDED):
        return None
    party = client.party
    form = party.form if party.form in ("f", "m") else polish.guess_form(party.first_name)
    said = _("%(name)s, thank you for your trust. Whatever comes of it, I value it a lot.")
    return {
        "title": _("Thank %(client)s") % {"client": _dative(party.first_name, form)},
        "who": party,
        "words": fmt.tie(said % {"name": _address(party.first_name, form)}),
    }


def _dative(first_name: str, form: str | None) -> str:
    if fmt.language() == "en":
        return first_name
    title = polish.polite(form, Case.DATIVE)
    return f"{title[:1].lower()}{title[1:]} {polish.dative(first_name, form)}"
