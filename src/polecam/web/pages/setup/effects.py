"""What a new value of a setting would change, in words."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.setting_effects import Effect
from polecam.organisation.settings import KINDS
from polecam.web.pages.setup import words
from polecam.web.ui import format as fmt

COUNTED: dict[str, Callable[[int], str]] = {
    "come_back": lambda n: ngettext(
        "%(n)s client would come back to the lists: their rest would be over.",
        "%(n)s clients would come back to the lists: their rest would be over.",
        n,
    ),
    "rest_again": lambda n: ngettext(
        "%(n)s client who may be contacted now would rest again.",
        "%(n)s clients who may be contacted now would rest again.",
        n,
    ),
    "reach_limit": lambda n: ngettext(
        "%(n)s client would have reached the limit of this year.",
        "%(n)s clients would have reached the limit of this year.",
        n,
    ),
    "may_again": lambda n: ngettext(
        "%(n)s client could be written to again this year.",
        "%(n)s clients could be written to again this year.",
        n,
    ),
    "no_own_goal": lambda n: ngettext(
        "%(n)s person has set no own goal and would read the new one.",
        "%(n)s people have set no own goal and would read the new one.",
        n,
    ),
    "claims_keep": lambda n: ngettext(
        "%(n)s exclusivity that runs keeps its own terms.",
        "%(n)s exclusivities that run keep their own terms.",
        n,
    ),
}


def lines(found: Effect, starts: datetime, at: datetime) -> dict[str, object]:
    """The heading, what changes, and what does not."""
    kind = KINDS[found.key]
    before, after = (words.shown(kind, one) for one in (found.before, found.after))  # type: ignore[arg-type]
    return {
        "same": found.same,
        "from": before,
        "to": after,
        "day": fmt.day(starts) if starts > at else "",
        "whom": _whom(found),
        "counted": [fmt.tie(COUNTED[code](n) % {"n": fmt.number(n)}) for code, n in found.counted],
        "own": _own(found.own) if found.own else "",
        "stays": _stays(found),
    }


def _whom(found: Effect) -> str:
    places = ngettext("%(n)s place", "%(n)s places", found.places)
    people = ngettext("%(n)s person who asks", "%(n)s people who ask", found.people)
    clients = ngettext("%(n)s client", "%(n)s clients", found.clients)
    said = [
        text % {"n": fmt.number(n)}
        for text, n in (
            (places, found.places),
            (people, found.people),
            (clients, found.clients),
        )
    ]
    return fmt.tie(_("It concerns %(whom)s.") % {"whom": fmt.listed(said)})


def _own(n: int) -> str:
    said = ngettext(
        "%(n)s place below has a value of its own and keeps it.",
        "%(n)s places below have a value of their own and keep it.",
        n,
    )
    return fmt.tie(said % {"n": fmt.number(n)})


def _stays(found: Effect) -> str:
    if found.at_once:
        return fmt.tie(
            _(
                "From that day on it counts for everything, also for what began before. What is "
                "already on record stays as it is."
            )
        )
    return fmt.tie(
        _(
            "What has begun keeps its dates and terms; only what begins from that day on follows "
            "the new value."
        )
    )
