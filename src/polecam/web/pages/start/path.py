"""The steps in words, and the way from one to the next."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from polecam.insights import start
from polecam.people.models import Person
from polecam.web.ui.context import address

TITLES: dict[str, str | Promise] = {
    "you": pgettext_lazy("step", "Who you are"),
    "firm": pgettext_lazy("step", "The firm"),
    "branch": pgettext_lazy("step", "First branch"),
    "manager": pgettext_lazy("step", "Its manager"),
    "privacy": pgettext_lazy("step", "Personal data"),
    "notice": pgettext_lazy("step", "Monitoring notice"),
    "plan": pgettext_lazy("step", "Bonus plan"),
    "clients": pgettext_lazy("step", "Clients"),
    "team": pgettext_lazy("step", "The team"),
    "protect": pgettext_lazy("step", "Your account"),
}
STATES: dict[str, str | Promise] = {
    start.TODO: pgettext_lazy("state of a step", "to do"),
    start.WAITS: pgettext_lazy("state of a step", "waits for somebody"),
    start.LATER: pgettext_lazy("state of a step", "later"),
    start.DONE: pgettext_lazy("state of a step", "done"),
}
ICONS = {
    "you": "user",
    "firm": "building-2",
    "branch": "map-pin",
    "manager": "user-check",
    "privacy": "shield-check",
    "notice": "eye",
    "plan": "scale",
    "clients": "upload",
    "team": "users",
    "protect": "key-round",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list. `url` is empty where there is nothing to open (yet)."""

    code: str
    title: str | Promise
    state: str
    url: str
    icon: str
    current: bool

    @property
    def said(self) -> str | Promise:
        """Its state in words."""
        return STATES[self.state]


def protectable() -> bool:
    """Whether the pages of a second factor are there."""
    return bool(address("security:mine"))


def of_admin(person: Person, at: datetime) -> start.Progress:
    """Every step, as an admin sees them."""
    return start.progress(person, at=at, protectable=protectable())


def steps(found: start.Progress, current: str = "") -> list[Step]:
    """The list. Before a branch is open the later steps are named, and nothing more."""
    founding = len(found.states) == len(start.FOUNDING)
    ahead = {s for s in start.STEPS if founding and (s != "protect" or protectable())}
    codes = [s for s in start.STEPS if s in found.states or s in ahead]
    return [
        Step(
            code,
            TITLES[code],
            found.states.get(code, start.TODO),
            _url(code, found, founding=founding),
            ICONS[code],
            code == current,
        )
        for code in codes
    ]


def _url(code: str, found: start.Progress, *, founding: bool) -> str:
    if not founding:  # what founded the firm is changed on its own pages from now on
        own = {"you": "entry:profile", "firm": "setup:firm", "branch": "setup:setup"}
        return address(own.get(code, f"start:{code}"))
    earlier = start.FOUNDING[: start.FOUNDING.index(code)] if code in start.FOUNDING else ()
    ready = bool(earlier) and all(found.states[step] == start.DONE for step in earlier)
    return reverse(f"start:{code}") if ready else ""


def onward(found: start.Progress, step: str) -> str:
    """The address after `step`: the next one to do behind it, else what happens tomorrow."""
    behind = start.STEPS[start.STEPS.index(step) + 1 :]
    waiting = (code for code in behind if found.states.get(code) == start.TODO)
    return reverse(f"start:{next(waiting, 'done')}")


def go_on(person: Person, step: str, at: datetime) -> HttpResponseRedirect:
    """See other: the step after this one."""
    return HttpResponseRedirect(onward(of_admin(person, at), step), status=303)
