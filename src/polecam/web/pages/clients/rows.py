"""Rows of the list of clients as ready markup, made once in Python."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polecam.asking.budget import rests
from polecam.clients.queries import Listed
from polecam.people.models import Person
from polecam.web.ui import format as fmt
from polecam.web.ui import html
from polecam.web.ui.firm import firm

NO_ID = "0" * 15


def render(clients: Sequence[Listed], person: Person, *, at: datetime) -> SafeString:
    """All rows: name, since when, whose; a chip for those who rest."""
    resting = rests(clients, at=at, zone=firm().zone)
    pattern = reverse("clients:one", args=[NO_ID])
    today, language = fmt.today(), fmt.language()
    end = html.icon("chevron-right", css="chev")
    ends = {True: html.chip(_("rests"), icon_name="moon") + end, False: end}
    return mark_safe(  # noqa: S308 - every name is escaped in `_row`
        "".join(
            f'<a class="row" href="{pattern.replace(NO_ID, client.public_id)}">'
            f"{_row(client, person, today, language)}{ends[client.pk in resting]}</a>"
            for client in clients
        )
    )


def _row(client: Listed, person: Person, today: date, language: str) -> str:
    parts = [client.product] if client.owner_id == person.pk and client.product else []
    if client.since:
        parts.append(_since(client.since, today, language))
    if client.owner_id != person.pk:
        adviser = f"{client.owner_first or ''} {client.owner_last or ''}".strip()
        parts.append(adviser or _("without an adviser"))
    name = f"{client.first_name} {client.last_name}".strip()
    return (
        f'{html.avatar(client)}<span class="row__main">'
        f'<span class="row__title">{escape(name)}</span>'
        f'<span class="row__sub">{escape(" · ".join(parts))}</span></span>'
    )


@lru_cache(maxsize=4096)
def _since(since: date, today: date, language: str) -> str:
    return _("client %(since)s") % {"since": fmt.since(since, reference=today)}


def filters(shows: Sequence[str], show: str, typed: str) -> SafeString:
    """Chips: mine, shared, the branch's."""
    names = {"mine": _("Mine"), "shared": _("Shared"), "branch": _("The branch's")}
    made = []
    for code in shows:
        query = {"show": code} | ({"q": typed} if typed else {})
        made.append(
            format_html(
                '<a class="chip chip--pick" href="{}?{}"{}>{}</a>',
                reverse("clients:list"),
                urlencode(query),
                mark_safe(' aria-current="true"') if code == show else "",
                names[code],
            )
        )
    return mark_safe("".join(made))  # noqa: S308 - made by format_html
