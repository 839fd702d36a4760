"""One referral in words: what its reader may see of it, part by part."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.claims import papers
from polecam.insights import tree
from polecam.kit import phones
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.web.pages.capture.warmth import STEPS
from polecam.web.pages.referrals import (
    bonus,
    family,
    moves,
    notice,
    speech,
    timeline,
    together,
    words,
)
from polecam.web.pages.referrals.facts import Facts, facts
from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words
from polecam.web.ui import referral_labels as labels
from polecam.web.ui.drawings import Part


def context(reader: Person, referral: Referral, *, at: datetime) -> dict[str, Any]:
    """What the template shows; parts the reader may not see are absent."""
    known = facts(reader, referral, at=at)
    about = head(known)
    grown = tree.of_referral(reader, referral, held=known.worked) if known.part else None
    shown: dict[str, Any] = {
        **about,
        "referral": referral,
        "stage": states.stage(referral.state),
        "ended": referral.state in states.ENDED,
        "move": moves.sentence(known),
        "quick": moves.quick(known),
        "more": moves.more(known),
        "settle": moves.waits_for_settling(known),
        "settle_urls": _addresses(referral, "held", "missed"),
        "events": timeline.events(known, about["name"]),
        "receipts": papers.of_referral(reader, referral.public_id),
        "second": notice.shown(known),
        "handoff": _handoff(known),
        "may_question": known.part and referral.party_id is not None,
    }
    brought = referral.originator_id == reader.pk and referral.state in states.OPEN
    if brought:
        shown |= {"warmth_steps": STEPS, "friend_name": about["short"], "from_page": True}
    if known.part:
        shown |= {
            "speech": speech.to_say(known, about["short"]),
            "bonus": bonus.card(known),
            "newer_plan": bonus.newer_plan(known),
            "parts": _parts(known),
            "joint": together.joint_sale(known),
            "consent": consent_card(known, about["short"]),
            "thanks": speech.thanks(known),
            "tree": family.draw(grown) if grown else "",
            "generations": grown.generations if grown else 0,
        }
    return shown


def _addresses(referral: Referral, *names: str) -> dict[str, str]:
    return {name: reverse(f"referrals:{name}", args=[referral.public_id]) for name in names}


def short_name(referral: Referral) -> str:
    """The first name; erased people have none."""
    return referral.party.first_name if referral.party else _("A recommended person")


def head(known: Facts) -> dict[str, Any]:
    """Name (whole for whoever works it), need, who recommended, and the protection."""
    referral = known.referral
    party = referral.party
    short = short_name(referral)
    whole = known.worked and party is not None and party.last_name
    client = referral.client.party if referral.client else None
    until = known.claim.until if known.claim and known.holds else None
    waits = referral.erase_at if referral.state in states.WAITING else None
    return {
        "short": short,
        "name": party.full_name if whole and party else short,
        "need": labels.NEEDS.get(referral.need, ""),
        "source": words.from_whom(client.full_name, client.form) if client else "",
        "protected": protection(until) if until else "",
        "waiting": _("Waits until %(day)s") % {"day": fmt.day(waits)} if waits else "",
    }


def protection(until: datetime) -> str:
    """`Twoje do 23 lis, zostało 14 dni`."""
    left = fmt.days_left(until)
    if left == 0:
        return fmt.tie(_("Yours until today"))
    said = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return fmt.tie(_("Yours until %(day)s, %(left)s") % {"day": fmt.day(until), "left": said})


def consent_card(known: Facts, short: str) -> dict[str, Any] | None:
    """What the friend agreed to, in which words, and that it can be withdrawn."""
    proven = [c for c in known.consents if c.purpose == "referral" and c.unlocked_at]
    if not proven or known.referral.party is None:
        return None
    first = next((c for c in reversed(proven) if not c.withdrawn_at), proven[0])
    open_now = known.agreed
    asked = ("phone", "sms", "email")
    chips = [
        (str(labels.CHANNELS[channel]), channel in open_now)
        for channel in asked
        if channel in open_now or channel != "sms"
    ]
    if "visit" in open_now:
        chips.append((str(labels.CHANNELS["visit"]), True))
    offers = any(c.purpose == "other_offers" and not c.withdrawn_at for c in known.consents)
    chips.append((_("offers of other things"), offers))
    digest = first.wording.digest
    when = words.by_time(known.referral.preferred_time)
    return {
        "title": _("%(name)s agrees") % {"name": short}
        if open_now
        else _("%(name)s took the consent back") % {"name": short},
        "at": first.confirmed_at or first.unlocked_at,
        "chips": chips,
        "time": when,
        "version": first.wording.version,
        "digest": f"{digest[:4]}…{digest[-4:]}",
        "whole": digest,
        "proof": first.confirmed_at is not None,
    }


def _handoff(known: Facts) -> dict[str, str] | None:
    """The hand-off that runs, in one line; its own page for those who may answer or follow it."""
    running = known.handoff
    if running is None:
        return None
    url = reverse("handoffs:one", args=[running.public_id])
    sides = (running.giver_id, running.receiver_id, running.proposed_by_id)
    mine = known.reader.pk in (*sides, known.referral.originator_id)
    return {
        "title": handoff_words.became(running, known.reader),
        "sub": _("until %(when)s") % {"when": fmt.when(running.expires_at)},
        "url": url if mine else "",
    }


def _parts(known: Facts) -> list[Part]:
    return [
        Part(
            _("You") if share.person_id == known.reader.pk else share.person.first_name,
            share.share_bp,
            me=share.person_id == known.reader.pk,
        )
        for share in known.shares
    ]


def opened(channel: str, value: str) -> dict[str, str]:
    """A number or address shown to its holder, with the link that uses it."""
    if channel == "email":
        return {"text": value, "link": f"mailto:{value}", "label": _("Write"), "icon": "mail"}
    if channel == "sms":
        said = _("Write an SMS")
        return {
            "text": phones.spoken(value),
            "link": f"sms:{value}",
            "label": said,
            "icon": "message-square",
        }
    spoken = phones.spoken(value)
    return {"text": spoken, "link": f"tel:{value}", "label": _("Call"), "icon": "phone"}
