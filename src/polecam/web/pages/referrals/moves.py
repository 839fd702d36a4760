"""What the holder can do now: one sentence, four quick ways, and the rest behind a link."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.people.permissions import Permission, standing
from polecam.referrals import states
from polecam.web.pages.referrals import words
from polecam.web.pages.referrals.facts import Facts
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do: a link, or (`channel`) the button that shows the number."""

    label: str
    icon: str
    url: str
    main: bool = False
    channel: str = ""


def sentence(known: Facts) -> str:
    """The move in a few words: `Twój ruch: zadzwoń dziś po 16:00`."""
    referral = known.referral
    if referral.state in states.WAITING:
        if referral.state == states.INVITED:
            return _("The friend's move: the invitation is on its way")
        return _("The client's move: the invitation waits")
    if referral.state == states.WON:
        return _sold(known)
    if referral.state in states.ENDED:
        return _("This one has ended")
    if not known.holds:
        if known.claim is None:
            further = referral.second
            return _("A further recommendation") if further else _("Exclusivity is over")
        return _("%(who)s is in touch") % {"who": known.claim.holder.first_name}
    if known.locked:
        return _("The friend's move: may you get in touch?")
    return fmt.tie(_("Your move: %(what)s") % {"what": _lower(_what(known))})


def _sold(known: Facts) -> str:
    if known.sale is None or known.sale.state != "reported":
        return _("Sold. Thank you")
    return _("Sold, waiting for someone else's word")


def _what(known: Facts) -> str:
    referral, today = known.referral, fmt.today()
    meeting = known.meeting
    if meeting and not meeting.held_at and not meeting.missed_at:
        if meeting.at > known.at:
            day = fmt.near(meeting.at, reference=today)
            return _("meeting %(day)s, %(hour)s") % {"day": day, "hour": fmt.clock(meeting.at)}
        return _("say how the meeting was")
    if referral.next_step:
        return words.planned(referral.next_step, referral.next_step_at, today)
    if meeting and meeting.missed_at:
        return _("suggest another day")
    if meeting and meeting.held_at:
        return _("plan the next step")
    if referral.state == states.CONTACTED:
        return _("suggest a meeting")
    wished = max(referral.preferred_day, today) if referral.preferred_day else None
    return words.preferred(referral.preferred_channel, wished, referral.preferred_time, today)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def waits_for_settling(known: Facts) -> bool:
    """Whether a meeting's hour has passed and nobody has said how it was."""
    meeting = known.meeting
    return bool(
        known.holds
        and known.referral.state == states.MEETING
        and meeting
        and not meeting.held_at
        and not meeting.missed_at
        and meeting.at <= known.at
    )


def _way(known: Facts, name: str, label: str, icon: str, *, main: bool = False) -> Way:
    url = reverse(f"referrals:{name}", args=[known.referral.public_id])
    return Way(label, icon, url, main)


def _calls(known: Facts) -> list[Way]:
    names = {
        "phone": (_("Show the number"), "phone"),
        "sms": (_("Number for SMS"), "message-square"),
        "email": (_("Show the e-mail"), "mail"),
    }
    url = reverse("referrals:number", args=[known.referral.public_id])
    chosen = known.referral.preferred_channel
    order = sorted(names, key=lambda channel: channel != chosen)
    return [Way(*names[c], url, channel=c) for c in order if c in known.channels]


def _pass_on(known: Facts) -> list[Way]:
    """The invitation again, to send or to hold up: for its own seller, while it is open."""
    referral, invitation = known.referral, known.referral.invitation
    if referral.originator_id != known.reader.pk or invitation is None:
        return []
    if invitation.expires_at <= known.at:
        return []
    receipt = reverse("capture:receipt", args=[referral.public_id])
    shown = reverse("capture:show", args=[invitation.public_id])
    return [
        Way(_("Send the invitation"), "send", receipt, main=True),
        Way(_("Show the QR code"), "qr-code", shown),
    ]


def _works(known: Facts) -> bool:
    return known.holds and known.referral.state in states.WORKABLE


def quick(known: Facts) -> list[Way]:
    """At most four, the likeliest first and big."""
    if known.referral.state in states.WAITING:
        return _pass_on(known)
    if not _works(known):
        return []
    calls = _calls(known)
    noted = [_way(known, "contact", _("Note a talk"), "message-circle")] if calls else []
    meeting = known.meeting
    ahead = bool(meeting and not meeting.held_at and not meeting.missed_at)
    arrange = _way(known, "meeting", _("Move") if ahead else _("Arrange"), "calendar-plus")
    sold = _way(known, "won", _("Sold"), "handshake")
    step = _way(known, "step", _("Next step"), "bell")
    if meeting and meeting.held_at:
        ways = [sold, step, arrange, *calls]
    elif known.referral.state == states.CONSENTED:
        ways = [*calls[:1], *noted, arrange, step] if calls else [arrange, step, sold]
    else:
        ways = [arrange, *calls[:1], *noted, step]
    first, *others = ways[:4]
    return [Way(first.label, first.icon, first.url, True, first.channel), *others]


def more(known: Facts) -> list[Way]:
    """The rest: other channels, a talk, the sale, a quiet end; or what can be put right."""
    if known.referral.state == states.WON:
        if known.sale and known.sale.state == "reported" and known.worked:
            return [_way(known, "won", _("Correct the figures"), "pencil")]
        return []
    if not _works(known):
        return _proposal(known)
    shown = {(way.url, way.channel) for way in quick(known)}
    ways = [
        *_calls(known),
        *([_way(known, "contact", _("Note a talk"), "message-circle")] if known.channels else []),
        _way(known, "won", _("Sold"), "handshake"),
        *([] if known.handoff else [_hand_on(known, _("Hand on"))]),
        _way(known, "lost", _("It came to nothing"), "circle-x"),
    ]
    return [way for way in ways if (way.url, way.channel) not in shown]


def _hand_on(known: Facts, label: str) -> Way:
    url = reverse("handoffs:offer", args=[known.referral.public_id])
    return Way(label, "forward", url)


def _proposal(known: Facts) -> list[Way]:
    """What the boss may do about somebody else's referral: propose a colleague, no more."""
    if known.part or known.claim is None or known.handoff or known.referral.state in states.ENDED:
        return []
    if not standing(known.reader).may(Permission.PROPOSE_HANDOFF, known.referral.branch_id):
        return []
    return [_hand_on(known, _("Propose a hand-off"))]
