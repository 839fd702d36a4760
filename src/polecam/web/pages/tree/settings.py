"""Settings of a region, branch or team: what holds there, where it comes from, what it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.organisation.models import Branch, Setting
from polecam.organisation.queries import in_place
from polecam.organisation.settings import FIRM_ONLY, KINDS
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import words as setting_words
from polecam.web.pages.setup.changing import change, take_back
from polecam.web.pages.setup.titles import TITLES
from polecam.web.pages.tree import words
from polecam.web.pages.tree.changing import to
from polecam.web.pages.tree.places import found
from polecam.web.types import Request
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as it holds in a place, and where its value comes from."""

    key: str
    title: str
    value: str
    source: str
    own: bool


@door("tree:settings", ADMINS)
@require_safe
def overview(request: Request, place: str) -> HttpResponse:
    """Every setting that may differ from place to place."""
    here = _found(request, place)
    rows = in_place(here, datetime.now(UTC))
    people = _authors(rows.values())
    groups = [
        (title, [_line(key, rows.get(key), here, people) for key in keys if key not in FIRM_ONLY])
        for title, keys in setting_words.GROUPS
    ]
    context = {
        "place": here,
        "level": words.level(here),
        "groups": [(title, lines) for title, lines in groups if lines],
    }
    return render(request, "tree/settings.html", context)


@door("tree:setting", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: Request, place: str, key: str) -> HttpResponse:
    """One of them: its history here, its next value, and what that would change."""
    here = _found(request, place)
    row = in_place(here, datetime.now(UTC)).get(key)
    inherited = row if row is not None and row.branch_id != here.pk else None
    back = reverse("tree:settings", args=[here.public_id])
    page = {"back": back, "undo": "tree:back", "place": here}
    if inherited is not None and key in TITLES:
        page["above"] = _line(key, inherited, here, _authors([inherited]))
    return change(request, key, here, done=back, page=page)


@door("tree:back", ADMINS)
@require_POST
def back(request: Request, place: str, key: str, row: int) -> HttpResponse:
    """A value that is still ahead does not come."""
    here = _found(request, place)
    take_back(request, key, here, row)
    return to("tree:setting", here.public_id, key)


def _found(request: Request, ref: str) -> Branch:
    here = found(request, ref)
    if not standing(request.user).may(Permission.MANAGE_SETTINGS, here.pk):
        raise Http404
    return here


def _authors(rows: Iterable[Setting]) -> dict[int, Person]:
    return Person.objects.in_bulk([row.set_by_id for row in rows if row.set_by_id])


def _line(key: str, row: Setting | None, here: Branch, people: dict[int, Person]) -> Line:
    value = setting_words.shown(KINDS[key], row.value if row else KINDS[key].default)
    own = row is not None and row.branch_id == here.pk
    return Line(key, setting_words.title(key), value, _source(row, here, people), own)


def _source(row: Setting | None, here: Branch, people: dict[int, Person]) -> str:
    """`from the region Małopolska since 1 Dec, by Ada: a shorter rest after the pilot`."""
    if row is None:
        return _("the house’s default")
    day = fmt.day(row.valid_from)
    if row.branch_id == here.pk:
        said = _("its own since %(day)s") % {"day": day}
    elif row.branch is not None:
        said = _("from the %(level)s %(place)s since %(day)s") % {
            "level": words.level(row.branch),
            "place": row.branch.name,
            "day": day,
        }
    else:
        said = _("from the firm since %(day)s") % {"day": day}
    author = people.get(row.set_by_id or 0)
    if author is not None:
        said = _("%(said)s, by %(who)s") % {"said": said, "who": author.first_name}
    return f"{said}: {row.why}" if row.why else said
