"""How far the first days of a firm have come: read off what exists, never kept anywhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Q

from polecam.bonuses.models import PlanVersion
from polecam.clients.models import Client
from polecam.imports.models import Import
from polecam.organisation import settings
from polecam.organisation.models import Branch, Organisation
from polecam.people.models import Membership, Person, Role, Welcome
from polecam.signin.models import Factor

STEPS = (
    "you",
    "firm",
    "branch",
    "manager",
    "privacy",
    "notice",
    "plan",
    "clients",
    "team",
    "protect",
)
"""In their order. The first three found the firm, one after another; the rest in any order."""
FOUNDING = STEPS[:3]
TODO, WAITS, LATER, DONE = "todo", "waits", "later", "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """State of every step: TODO, WAITS for somebody else, LATER (put off), DONE."""

    states: dict[str, str]
    put_away: bool

    @property
    def next(self) -> str:
        """The first step that is still to do; empty when none is."""
        return next((step for step, state in self.states.items() if state == TODO), "")

    @property
    def settled(self) -> int:
        """Steps that ask nothing of the reader any more."""
        return sum(state != TODO for state in self.states.values())


def founding(person: Person | None) -> Progress:
    """Before a branch is open: the three steps that found the firm."""
    firm = Organisation.objects.exists()
    states = {
        "you": DONE if person else TODO,
        "firm": DONE if firm else TODO,
        "branch": DONE if firm and Branch.objects.exists() else TODO,
    }
    return Progress(states, put_away=False)


def progress(person: Person, *, at: datetime, protectable: bool) -> Progress:
    """Every step for an admin, two queries; `protectable`: whether a second factor can be set up.

    Sums of the whole firm: an admin of one branch sees that there are clients, not whose.
    """
    keys = ("start_put_off", "start_put_away", "data_officer", "monitoring_notice")
    said = settings.values(*keys, at=at)
    there = _there(person)
    firm = there["contact"]
    found = {
        "you": DONE,
        "firm": DONE,
        "branch": DONE,
        "manager": _invited(there["manager"], there["manager_asked"]),
        "privacy": DONE if firm and (said["data_officer"] or there["officer"]) else TODO,
        "notice": DONE if said["monitoring_notice"] else TODO,
        "plan": DONE if there["plan"] else _invited(False, there["plan_sent"]),
        "clients": DONE if there["clients"] or there["imports"] else TODO,
        "team": DONE if there["sellers"] else _invited(False, there["sellers_asked"]),
        "protect": DONE if there["factor"] else TODO,
    }
    if not protectable:
        del found["protect"]
    off = str(said["start_put_off"]).split()
    states = {s: LATER if state == TODO and s in off else state for s, state in found.items()}
    return Progress(states, bool(said["start_put_away"]))


def _invited(there: bool, asked: bool) -> str:
    if there:
        return DONE
    return WAITS if asked else TODO


def _there(person: Person) -> dict[str, bool]:
    """What exists, in one query."""
    roles = Membership.objects.filter(until=None, person__is_active=True)
    asked = Welcome.objects.filter(accepted_at=None)
    versions = PlanVersion.objects.all()
    row = Organisation.objects.annotate(
        has_manager=Exists(roles.filter(role=Role.MANAGER)),
        has_manager_asked=Exists(asked.filter(role=Role.MANAGER)),
        has_officer=Exists(roles.filter(role=Role.DPO)),
        has_sellers=Exists(roles.filter(role=Role.SELLER)),
        has_sellers_asked=Exists(asked.filter(role=Role.SELLER)),
        has_plan=Exists(versions.filter(published_at__isnull=False)),
        has_plan_sent=Exists(versions.filter(published_at=None, submitted_at__isnull=False)),
        has_clients=Exists(Client.objects.all()),
        has_imports=Exists(Import.objects.all()),
        has_factor=Exists(Factor.objects.filter(person=person)),
        has_contact=~Q(address="") & ~Q(privacy_contact=""),
    )
    names = [name for name in row.query.annotations if name.startswith("has_")]
    found = row.values(*names).first() or {}
    return {name.removeprefix("has_"): bool(found.get(name)) for name in names}
