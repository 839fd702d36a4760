"""Which of several places a page is about: one chooser for all pages, remembered nowhere.

`?place=<public id>`; without it the first one the reader's roles are held in. Only places in which
they have the page's permission; any other is a 404, as if it did not exist.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils.http import urlencode

from polecam.kit.errors import NotAllowed
from polecam.organisation.models import Branch, Level
from polecam.organisation.rules import is_open
from polecam.people.permissions import Permission, standing
from polecam.web.types import Request

PARAMETER = "place"
NOT_KEPT = (PARAMETER, "page")
"""What another place begins anew."""


@dataclass(frozen=True, slots=True)
class Places:
    """The place that was chosen, and the others as (public id, name). `keep`: what else the address
    says, so that a choice loses nothing."""

    chosen: Branch
    choices: list[tuple[str, str]]
    keep: list[tuple[str, str]]

    @property
    def several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.choices) > 1

    @property
    def query(self) -> str:
        """What links of the page carry along: `place=...`, or nothing where there is one place."""
        return urlencode({PARAMETER: self.chosen.public_id}) if self.several else ""


def places(
    request: Request, permission: Permission, levels: Collection[str] = tuple(Level)
) -> Places:
    """The choice among the places where the reader has `permission`. Raises NotAllowed where there
    is none, Http404 for a place that is not among them."""
    return among(request, standing(request.user).branches(permission), levels)


def among(request: Request, ids: Iterable[int], levels: Collection[str] = tuple(Level)) -> Places:
    """The choice among these places, the first one being the usual one. One query."""
    order = list(ids)
    today = standing(request.user).on
    rows = {
        row.pk: row
        for row in Branch.objects.filter(pk__in=order, level__in=levels)
        if is_open(row.closed_on, today)
    }
    found = [rows[pk] for pk in order if pk in rows]
    if not found:
        raise NotAllowed("not_allowed")
    asked = request.GET.get(PARAMETER, "")
    chosen = next((one for one in found if one.public_id == asked), None)
    if asked and chosen is None:
        raise Http404
    choices = sorted(
        ((one.public_id, one.name) for one in found), key=lambda one: one[1].casefold()
    )
    keep = [(key, str(value)) for key, value in request.GET.items() if key not in NOT_KEPT]
    return Places(chosen or found[0], choices, keep)
