"""The journal in plain sentences: one teller per kind of event (journal/kinds.py).

A room adds its kinds here or in `web/ui/tales/<room>.py` (found by itself):

    @tells("ask.made")
    def ask_made(tale: Tale) -> str:
        return _("%(who)s %(client)s.") % {"who": tale.who("asked"), "client": tale.name("client")}

`missing()` lists the kinds that nobody tells yet; a test wants it empty.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module, util
from typing import Any

from django.utils.translation import gettext as _

from polecam.journal.kinds import KINDS
from polecam.web.ui import voice
from polecam.web.ui.format import tie

Teller = Callable[["Tale"], str]
TELLERS: dict[str, Teller] = {}


@dataclass(frozen=True, slots=True)
class Names:
    """Names a timeline looked up beforehand, only those its reader may see.

    `people`: Person by id; `others`: ready names by key of the event's data (`client`,
    `prospect`), or by (key, value). `deputised`: for whom a deputy decided, by the event's key
    (people.staff.stood_in).
    """

    people: Mapping[int, Any] = field(default_factory=dict)
    others: Mapping[Any, str] = field(default_factory=dict)
    deputised: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tale:
    """One event, its reader, and the names it needs."""

    event: Any
    reader: Any
    names: Names

    @property
    def data(self) -> dict[str, Any]:
        """The event's ids, enums, numbers and dates."""
        return self.event.data

    @property
    def mine(self) -> bool:
        """Whether the reader did it."""
        return self.reader is not None and self.event.by_id == self.reader.pk

    @property
    def by(self) -> Any:
        """The Person who did it, if known to the reader."""
        return self.names.people.get(self.event.by_id)

    def who(self, word: str) -> str:
        """The doer with a verb of web.ui.voice: `Zapytałaś`, `Kamil zapytał`."""
        if self.mine:
            return voice.you(word, self.reader)
        if self.by is None:
            return _("Someone %(did)s") % {"did": voice.they(word, "n")}
        return f"{self.by.first_name} {voice.they(word, self.by)}"

    def name(self, key: str) -> str:
        """The name behind a key of the data; a dash where the reader may not know it."""
        value = self.data.get(key)
        return self.names.others.get((key, value)) or self.names.others.get(key) or "—"


def tells(*kinds: str) -> Callable[[Teller], Teller]:
    """Register a teller for kinds of events. Raises KeyError for a kind that does not exist."""

    def register(teller: Teller) -> Teller:
        for kind in kinds:
            KINDS[kind]
            TELLERS[kind] = teller
        return teller

    return register


@cache
def load_tales() -> None:
    """Import `web/ui/tales/*.py` once."""
    found = util.find_spec("polecam.web.ui.tales")
    if found is not None and found.submodule_search_locations:
        for module in pkgutil.iter_modules(found.submodule_search_locations):
            import_module(f"polecam.web.ui.tales.{module.name}")


def sentence(event: Any, reader: Any, names: Names) -> str:
    """What happened, in the reader's language. Raises KeyError for a kind without a teller."""
    load_tales()
    told = TELLERS[event.kind](Tale(event, reader, names))
    manager = names.deputised.get(event.pk)
    if manager is not None:
        told = _("%(told)s (standing in for %(manager)s)") % {
            "told": told.removesuffix("."),
            "manager": manager.full_name,
        }
    return tie(told)


def missing() -> list[str]:
    """Kinds of events that no teller tells."""
    load_tales()
    return sorted(KINDS.keys() - TELLERS.keys())
