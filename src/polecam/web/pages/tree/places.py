"""The tree as it stands on a day, and one place of it."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.insights import tree_page as insight
from polecam.organisation.models import Branch
from polecam.organisation.queries import placements
from polecam.organisation.tree import today
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.tree import words
from polecam.web.types import Request
from polecam.web.ui import format as fmt


def mine(request: Request) -> list[int]:
    """Ids of the places whose tree the reader keeps."""
    return standing(request.user).branches(Permission.MANAGE_TREE)


def found(request: Request, ref: str) -> Branch:
    """One of them. Raises Http404 for any other."""
    place = Branch.objects.filter(pk__in=mine(request), public_id=ref).first()
    if place is None:
        raise Http404
    return place


@door("tree:tree", ADMINS)
@require_safe
def tree(request: Request) -> HttpResponse:
    """`?on=2026-11-01`: as it stood, or will stand, on that day."""
    now = today(datetime.now(UTC))
    on = day_of(request.GET.get("on", ""), now)
    tops = insight.nodes(on, today=now, mine=mine(request))
    context = {
        "on": on,
        "typed": on.isoformat(),
        "is_today": on == now,
        "tops": [shown(node) for node in tops],
        "many": sum(len(insight.tree_of(node)) for node in tops) > 1,
    }
    return render(request, "tree/tree.html", context)


@door("tree:place", ADMINS)
@require_safe
def place(request: Request, place: str) -> HttpResponse:
    """One place: what is above and below it, where it stood, and what can be changed."""
    here = found(request, place)
    now = today(datetime.now(UTC))
    tops = insight.nodes(now, today=now, mine=mine(request))
    every = [node for top in tops for node in insight.tree_of(top)]
    node = next((one for one in every if one.place.pk == here.pk), None)
    context = {
        "place": here,
        "level": words.level(here),
        "closed": here.closed_on is not None and here.closed_on <= now,
        "node": shown(node) if node else None,
        "above": [one.place.name for one in every if node in insight.tree_of(one)[1:]],
        "history": history(here),
        "opens": here.level != "team",
    }
    return render(request, "tree/place.html", context)


def shown(node: insight.Node) -> dict[str, Any]:
    """A place with all below it, as ready strings."""
    return {
        "place": node.place,
        "glyph": words.glyph(node.place),
        "sub": fmt.tie(words.sub(node)),
        "ahead": words.ahead(node),
        "moves": node.ahead is not None,
        "may": node.may,
        "below": [shown(child) for child in node.below],
    }


def history(here: Branch) -> list[dict[str, str]]:
    """Where the place stood, stands and will stand, newest first: days, who moved it, why."""
    rows = list(placements(here))
    people = Person.objects.in_bulk([row.made_by_id for row in rows if row.made_by_id])
    said: list[dict[str, str]] = []
    after: date | None = None
    for row in rows:  # a gap between two rows was spent directly below the firm
        if row.until is not None and row.until != after:
            said.append({"when": words.since(row.until, after, ""), "by": ""})
        author = people.get(row.made_by_id or 0)
        by = [author.full_name] if author else []
        said.append(
            {
                "when": words.since(row.since, row.until, row.parent.name),
                "by": ": ".join([*by, row.why]) if row.why else "".join(by),
            }
        )
        after = row.since
    if not rows or fmt.as_day(here.created_at) < rows[-1].since:
        said.append({"when": words.since(None, after, ""), "by": ""})
    return said


def day_of(typed: str, now: date) -> date:
    """The day that was asked for; today for anything else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return now
    return day if 1900 < day.year < 2100 else now


def title(here: Branch) -> str:
    """The heading of a page about a place."""
    return _("%(place)s, %(level)s") % {"place": here.name, "level": words.level(here)}
