"""The tree in words: levels, what a role shows, what keeps a place open."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from polecam.bonuses.models import Plan
from polecam.insights.tree_moves import Effects, Sight
from polecam.insights.tree_page import Node
from polecam.organisation.models import Branch, Level
from polecam.organisation.settings import KINDS
from polecam.people.models import Role
from polecam.people.permissions import REGION, at_doors
from polecam.web.pages.setup import words as setting_words
from polecam.web.pages.setup.titles import TITLES
from polecam.web.ui import format as fmt

LEVELS: dict[str, str | Promise] = {
    Level.REGION: pgettext_lazy("place", "region"),
    Level.BRANCH: pgettext_lazy("place", "branch"),
    Level.TEAM: pgettext_lazy("place", "team"),
}
GLYPHS = {Level.REGION: "landmark", Level.BRANCH: "building-2", Level.TEAM: "users"}
SHOWS: dict[str, str | Promise] = {
    REGION: gettext_lazy("sums of whole months; no clients, no amounts of anybody"),
    Role.MANAGER: gettext_lazy("clients, what waits for a word, and leads it like the branch"),
    Role.ADMIN: gettext_lazy("people, settings, imports"),
    Role.DPO: gettext_lazy("one person’s data at a time, each look on record"),
    Role.PAYROLL: gettext_lazy("amounts and months of payroll"),
}


def level(place: Branch) -> str:
    """What kind of place it is."""
    return str(LEVELS[place.level])


def glyph(place: Branch) -> str:
    """Its icon."""
    return GLYPHS[Level(place.level)]


def sub(node: Node) -> str:
    """Under the name of a place: who leads it, how many work there."""
    people = ngettext("%(n)s person", "%(n)s people", node.whole) % {"n": fmt.number(node.whole)}
    if not node.leads:
        return f"{level(node.place)} · {people}"
    lead = _("led by %(who)s") % {"who": fmt.listed([one.full_name for one in node.leads])}
    return f"{level(node.place)} · {lead} · {people}"


def ahead(node: Node) -> str:
    """What is to come: a move, a closing day; else nothing."""
    if node.ahead is not None and node.to is None:
        return _("from %(day)s directly below the firm") % {"day": fmt.day(node.ahead)}
    if node.ahead is not None and node.to is not None:
        return _("from %(day)s below: %(place)s") % {
            "day": fmt.day(node.ahead),
            "place": node.to.name,
        }
    if node.place.closed_on is not None:
        return _("closes on %(day)s") % {"day": fmt.day(node.place.closed_on)}
    return ""


def left(found: Mapping[str, int]) -> list[str]:
    """What keeps a place open, a line for each kind."""
    return [_left(name, count) for name, count in found.items()]


def _left(name: str, n: int) -> str:
    said = {
        "places": ngettext("%(n)s place below it", "%(n)s places below it", n),
        "people": ngettext("%(n)s person works here", "%(n)s people work here", n),
        "invited": ngettext("%(n)s invitation is open", "%(n)s invitations are open", n),
        "coming": ngettext("%(n)s person is to come here", "%(n)s people are to come here", n),
        "clients": ngettext("%(n)s client is of this place", "%(n)s clients are of this place", n),
        "referrals": ngettext("%(n)s referral goes on", "%(n)s referrals go on", n),
        "disputes": ngettext("%(n)s dispute waits", "%(n)s disputes wait", n),
        "sales": ngettext(
            "%(n)s sale waits to be confirmed", "%(n)s sales wait to be confirmed", n
        ),
        "pool": _("the pool still holds something to share out"),
    }[name]
    return said % {"n": fmt.number(n)} if "%(n)s" in said else said


def sight(one: Sight) -> tuple[str, str]:
    """Who, and what their role shows of a place."""
    role = at_doors(one.role, one.held_at.level)
    return f"{one.person.full_name}, {one.held_at.name}", str(SHOWS[role])


def changes(found: Effects) -> list[tuple[str, str]]:
    """Settings that change: name, from what to what."""
    return [
        (
            setting_words.title(one.key),
            _("%(before)s, then %(after)s")
            % {
                "before": setting_words.shown(KINDS[one.key], one.before),  # type: ignore[arg-type]
                "after": setting_words.shown(KINDS[one.key], one.after),  # type: ignore[arg-type]
            },
        )
        for one in found.settings
        if one.key in TITLES
    ]


def plans(found: Effects) -> list[str]:
    """Plans that begin or cease to cover, and what holds for the place as such."""
    said = [_("%(plan)s no longer covers it") % {"plan": _plan(one)} for one in found.cease]
    said += [_("%(plan)s begins to cover it") % {"plan": _plan(one)} for one in found.begin]
    if said and found.before != found.after:
        names = [_plan(one.plan) if one else _("none") for one in (found.before, found.after)]
        said.append(_("Where nothing nearer holds: %(before)s, then %(after)s.") % {
            "before": names[0], "after": names[1],
        })  # fmt: skip
    return said


def _plan(plan: Plan) -> str:
    return _("“%(name)s”") % {"name": plan.name}


def since(day: date | None, until: date | None, parent: str) -> str:
    """One row of a place's history."""
    where = _("below: %(place)s") % {"place": parent} if parent else _("directly below the firm")
    if day is None and until is None:
        return _("%(where)s, from the first day on") % {"where": where}
    if day is None:
        return _("%(where)s, until %(until)s") % {"where": where, "until": fmt.day(until)}  # type: ignore[arg-type]
    if until is None:
        return _("%(where)s, since %(day)s") % {"where": where, "day": fmt.day(day)}
    return _("%(where)s, from %(day)s until %(until)s") % {
        "where": where,
        "day": fmt.day(day),
        "until": fmt.day(until),
    }
