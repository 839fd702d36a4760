"""Every rule of docs/compliance.md: its settings, and whether it holds now. Words are the door's.

A proof has a state: `holds` (nothing that the rule forbids was found), `look` (something is there
that a human should look at), `open` (not built or not set up yet, said plainly).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from polecam.insights import forgetting
from polecam.insights.law_counts import Counted, counts
from polecam.insights.register import unnamed_fields
from polecam.journal.models import Event, Seal
from polecam.kit.periods import day_of
from polecam.organisation.models import Organisation
from polecam.people.models import Membership
from polecam.people.queries import SELLING_ROLES
from polecam.people.rules import acknowledged, notice_in_force
from polecam.privacy import wordings
from polecam.privacy.models import Wording
from polecam.store import triggers

HOLDS, LOOK, OPEN = "holds", "look", "open"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of docs/compliance.md: its id, its chapter, the settings it stands on."""

    id: str
    chapter: str
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What was found about a rule: how it stands, and the numbers its sentence needs."""

    how: str
    numbers: Mapping[str, Any]


RULES: tuple[Rule, ...] = (
    Rule("C01", "friend", ("sms_without_gateway_unlocks",)),
    Rule("C02", "friend"),
    Rule("C03", "friend"),
    Rule("C04", "friend"),
    Rule("C05", "friend"),
    Rule("C06", "friend", ("unanswered_days", "invitation_days")),
    Rule("C07", "person"),
    Rule("C08", "person"),
    Rule("C09", "person"),
    Rule("C10", "person", ("unanswered_days", "inactive_days")),
    Rule("C11", "person", ("unanswered_days", "inactive_days", "card_days")),
    Rule("C12", "client", ("bank_secrecy", "client_may_be_named")),
    Rule("C13", "client", ("thanks_days",)),
    Rule("C14", "friend", ("handoff_hours",)),
    Rule("C15", "friend"),
    Rule("C16", "client", ("rewards",)),
    Rule("C17", "client", ("reward_most_grosze", "rewarded_a_year")),
    Rule("C18", "money"),
    Rule("C19", "client"),
    Rule("C20", "money", ("reward_person_year_grosze",)),
    Rule("C21", "people"),
    Rule("C22", "people", ("monitoring_notice", "monitoring_rule")),
    Rule("C23", "people"),
    Rule("C24", "firm"),
    Rule("C25", "client", ("ask_rest_days", "refusals_rest_days", "recovery_days")),
    Rule("C26", "client", ("contact_rest_days", "contacts_a_year", "survey_every_days")),
    Rule("C27", "client", ("pulse_bp", "pulse_alert_bp", "pulse_least", "pause_days")),
    Rule("C28", "money"),
    Rule("C29", "people", ("guess_every",)),
    Rule("C30", "people"),
    Rule("C31", "firm"),
    Rule("C32", "friend"),
    Rule("C33", "client", ("words_test",)),
    Rule("C34", "person", ("request_days",)),
    Rule("C35", "firm"),
    Rule("C36", "firm"),
)
CHAPTERS = ("friend", "client", "person", "people", "money", "firm")
BY_ID = {rule.id: rule for rule in RULES}


class Facts:
    """What the proofs are made of, read once."""

    def __init__(self, at: datetime, in_force: Mapping[str, Any]) -> None:
        self.at = at
        self.set = in_force
        self.n: Counted = counts(at)
        self.firm = Organisation.objects.get()
        self.words = list(Wording.objects.values_list("text", "digest"))
        self.sealed: date | None = (
            Seal.objects.order_by("-day").values_list("day", flat=True).first()
        )
        self.triggers_missing = len(triggers.missing())
        self.last_night: Event | None = next(iter(forgetting.last_runs(1)), None)
        self.sellers = list(
            Membership.objects.filter(until=None, role__in=SELLING_ROLES, person__is_active=True)
            .values_list("person_id", "person__notice_acknowledged_at")
            .distinct()
        )

    def broken_words(self) -> int:
        """Wordings whose text is not what was agreed to."""
        return sum(wordings.digest(text) != digest for text, digest in self.words)


def states_of(at: datetime, in_force: Mapping[str, Any]) -> dict[str, State]:
    """How every rule stands at `at`, by its id. `in_force`: values of settings by key."""
    facts = Facts(at, in_force)
    return {rule.id: _state(rule.id, facts) for rule in RULES}


def _state(ident: str, facts: Facts) -> State:
    special = SPECIAL.get(ident)
    if special:
        return special(facts)
    bad, shown = COUNTED[ident]
    wrong = sum(facts.n[name] for name in bad)
    numbers = {"bad": wrong, **{name: facts.n[name] for name in shown}}
    return State(LOOK if wrong else HOLDS, numbers)


COUNTED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "C01": (("bad_contacts", "bad_unlocked_held"), ("contacts", "unlocked", "unconfirmed")),
    "C02": ((), ("consents", "consents_apart")),
    "C04": (("bad_contacts",), ("withdrawn",)),
    "C05": (("bad_friend_messages",), ("friend_messages",)),
    "C06": (("bad_clocks",), ("clocks", "clocks_erased")),
    "C07": (("bad_objectors",), ("suppressions",)),
    "C08": ((), ("looked", "handed_out")),
    "C09": (("bad_erased",), ("erased",)),
    "C13": (("bad_told_talks",), ("told_talks",)),
    "C14": (("bad_contacts",), ("handoffs",)),
    "C15": ((), ("notices_read",)),
    "C17": (("bad_grants",), ("grants",)),
    "C20": (("grants_unclassed",), ("grants",)),
    "C21": (("bad_decisions", "bad_pauses"), ("decisions",)),
    "C23": ((), ("in_feed",)),
    "C25": ((), ("asks", "asks_flagged")),
    "C26": (("bad_never_asked",), ("never_ask",)),
    "C27": (("bad_pauses",), ("pulses", "pulses_answered")),
    "C28": (("bad_facts",), ("facts",)),
    "C29": ((), ()),
    "C30": ((), ()),
    "C24": ((), ()),
    "C31": (("bad_sourced",), ("sourced",)),
    "C32": (("bad_kept",), ("kept_contacts",)),
    "C33": (("bad_scripts",), ("scripts",)),
    "C34": (("bad_requests",), ("requests", "requests_done")),
    "C35": (("tests_due",), ("tests_signed", "tests_drafts")),
}


def _words(facts: Facts) -> State:
    broken = facts.broken_words()
    return State(LOOK if broken else HOLDS, {"bad": broken, "words": len(facts.words)})


def _register(facts: Facts) -> State:
    missing = len(unnamed_fields())
    return State(LOOK if missing else HOLDS, {"bad": missing})


def _retention(facts: Facts) -> State:
    last = facts.last_night.at if facts.last_night else None
    return State(
        LOOK if facts.n["bad_retention"] else HOLDS,
        {"bad": facts.n["bad_retention"], "last": last},
    )


def _secrecy(facts: Facts) -> State:
    numbers = {"on": bool(facts.set.get("bank_secrecy")), "qr": facts.n["qr_invitations"]}
    return State(HOLDS, numbers)


def _terms(facts: Facts) -> State:
    return State(HOLDS, {"version": wordings.VERSIONS["terms"]})


def _plans(facts: Facts) -> State:
    bad = facts.n["plans_without_clawback"] if facts.firm.regulated else 0
    numbers = {"bad": bad, "plans": facts.n["plans"], "regulated": facts.firm.regulated}
    return State(LOOK if bad else HOLDS, numbers)


def _testimonials(facts: Facts) -> State:
    return State(OPEN, {})


def _notice(facts: Facts) -> State:
    told = facts.set.get("monitoring_notice")
    on = date.fromisoformat(told) if told else None
    read = sum(acknowledged(on, at, facts.firm.zone) for _person, at in facts.sellers)
    held = notice_in_force(on, day_of(facts.at, facts.firm.zone))
    numbers = {"on": on, "read": read, "sellers": len(facts.sellers), "held": held}
    return State(HOLDS if held else OPEN, numbers)


def _sealed(facts: Facts) -> State:
    numbers = {"bad": facts.triggers_missing, "day": facts.sealed, "seals": facts.n["seals"]}
    return State(LOOK if facts.triggers_missing else HOLDS, numbers)


SPECIAL: dict[str, Callable[[Facts], State]] = {
    "C03": _words,
    "C10": _register,
    "C11": _retention,
    "C12": _secrecy,
    "C16": _terms,
    "C18": _plans,
    "C19": _testimonials,
    "C22": _notice,
    "C36": _sealed,
}
