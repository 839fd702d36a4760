"""What was found about a rule just now, in one plain sentence with its numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from polecam.insights.law import State
from polecam.web.ui import format as fmt

Numbers = Mapping[str, Any]
SIMPLE: dict[str, str] = {
    "C01": gettext_noop(
        "%(bad)s contacts without a consent that stood, out of %(contacts)s. "
        "Unlocked: %(unlocked)s, of them without a code: %(unconfirmed)s."
    ),
    "C02": gettext_noop(
        "%(consents)s consents, one row for each channel; %(consents_apart)s stand "
        "for one channel alone."
    ),
    "C03": gettext_noop(
        "%(bad)s of %(words)s wordings differ from what was agreed to; each was "
        "compared with its checksum just now."
    ),
    "C04": gettext_noop("%(withdrawn)s consents taken back; %(bad)s contacts after that."),
    "C05": gettext_noop(
        "%(bad)s messages to a friend who had not answered, out of %(friend_messages)s kept."
    ),
    "C06": gettext_noop(
        "%(clocks)s clocks run; %(bad)s older than a month. Erased because the "
        "clock was not met: %(clocks_erased)s."
    ),
    "C07": gettext_noop(
        "%(suppressions)s keyed hashes on the list; %(bad)s people kept under one of them."
    ),
    "C08": gettext_noop(
        "%(looked)s looks with a reason and %(handed_out)s files handed out stand in the journal."
    ),
    "C09": gettext_noop(
        "%(erased)s records erased; %(bad)s of them still hold a name, number or address."
    ),
    "C13": gettext_noop("%(told_talks)s thanks after a talk; %(bad)s without the friend’s leave."),
    "C14": gettext_noop("%(handoffs)s hand-offs; %(bad)s contacts without a consent that stood."),
    "C15": gettext_noop("%(notices_read)s blind notices opened, each after its person’s consent."),
    "C17": gettext_noop("%(grants)s rewards; %(bad)s given before the friend’s consent."),
    "C20": gettext_noop("%(grants)s rewards; %(bad)s without a tax class."),
    "C21": gettext_noop(
        "%(decisions)s decisions about disputes; %(bad)s decisions or pauses without a named human."
    ),
    "C23": gettext_noop(
        "There is no table of all sellers. %(in_feed)s people chose to appear in good news."
    ),
    "C24": gettext_noop(
        "Each release is walked page by page with axe, in both themes and both languages."
    ),
    "C25": gettext_noop("%(asks)s asks; %(asks_flagged)s of them during a rest, each flagged."),
    "C26": gettext_noop("%(never_ask)s clients said never; %(bad)s unflagged asks after that."),
    "C27": gettext_noop(
        "%(pulses)s pulses, %(pulses_answered)s answered; %(bad)s pauses without a human’s look."
    ),
    "C28": gettext_noop("%(facts)s facts that earn money; %(bad)s without the friend’s consent."),
    "C29": gettext_noop(
        "There is no page, export or total for anybody else; a test asks for each as everybody."
    ),
    "C30": gettext_noop("The reason is kept for its seller alone, so nothing is counted here."),
    "C31": gettext_noop("%(sourced)s figures of the firm’s own; %(bad)s without a source."),
    "C32": gettext_noop(
        "%(kept_contacts)s friends with a number or address; %(bad)s without "
        "having given it themselves."
    ),
    "C33": gettext_noop("%(scripts)s sentences in use; %(bad)s without an exit line."),
    "C34": gettext_noop("%(requests)s open, %(bad)s over their day; %(requests_done)s answered."),
    "C35": gettext_noop(
        "%(tests_signed)s signed, %(tests_drafts)s in draft; %(bad)s wait for another look."
    ),
}


def sentence(ident: str, state: State) -> str:
    """The proof of a rule in the active language."""
    special = SPECIAL.get(ident)
    said = special(state.numbers) if special else _(SIMPLE[ident]) % _shown(state.numbers)
    return fmt.tie(said)


def _shown(numbers: Numbers) -> dict[str, str]:
    return {key: fmt.number(value) for key, value in numbers.items()}


def _register(n: Numbers) -> str:
    if n["bad"]:
        return _("Fields that no activity names yet: %(bad)s.") % {"bad": n["bad"]}
    return _("Every field with personal data belongs to an activity.")


def _retention(n: Numbers) -> str:
    last = (
        _("Last night: %(day)s.") % {"day": fmt.day(n["last"])}
        if n["last"]
        else _("The first night is still ahead.")
    )
    left = ngettext(
        "%(bad)s referral is over its time by more than two days.",
        "%(bad)s referrals are over their time by more than two days.",
        n["bad"],
    ) % {"bad": n["bad"]}
    return f"{last} {left}"


def _secrecy(n: Numbers) -> str:
    mode = (
        _("The mode is on: no page names a client.")
        if n["on"]
        else _("The mode is off: only a link that the client passes on names them.")
    )
    held = ngettext(
        "%(qr)s code held up by a seller.", "%(qr)s codes held up by sellers.", n["qr"]
    ) % {"qr": fmt.number(n["qr"])}
    return f"{mode} {held}"


def _terms(n: Numbers) -> str:
    return _("Version %(version)s, in both languages.") % n


def _plans(n: Numbers) -> str:
    if not n["regulated"]:
        return _("The firm is set up as not regulated; %(plans)s published versions.") % n
    return _("%(plans)s published versions; %(bad)s without a clawback.") % n


def _testimonials(n: Numbers) -> str:
    return _("Nothing is published yet: testimonials come with a later release.")


def _notice(n: Numbers) -> str:
    if n["on"] is None:
        return _("No notice yet, so nobody sees what a named seller does.")
    return _("Announced on %(day)s; read by %(read)s of %(sellers)s.") % {
        "day": fmt.day(n["on"]),
        "read": n["read"],
        "sellers": n["sellers"],
    }


def _sealed(n: Numbers) -> str:
    if n["bad"]:
        return _("Triggers missing: %(bad)s. Run “polecam verify”.") % n
    if n["day"] is None:
        return _("All triggers are in place. The first night is still ahead.")
    return _("All triggers are in place; %(seals)s days sealed, the last one %(day)s.") % {
        "seals": fmt.number(n["seals"]),
        "day": fmt.day(n["day"]),
    }


SPECIAL: dict[str, Callable[[Numbers], str]] = {
    "C10": _register,
    "C11": _retention,
    "C12": _secrecy,
    "C16": _terms,
    "C18": _plans,
    "C19": _testimonials,
    "C22": _notice,
    "C36": _sealed,
}
