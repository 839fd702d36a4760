"""Rows of the list of clients as ready markup, made once in Python."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polecam.asking.queries import rests
from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.web.ui import format as fmt
from polecam.web.ui import html
from polecam.web.ui.firm import firm

NO_ID = "0" * 15


def render(clients: Sequence[Client], person: Person, *, at: datetime) -> SafeString:
    """All rows: name, since when, whose; a chip for those who rest."""
    resting = rests(clients, at=at, zone=firm().zone)
    pattern = reverse("clients:one", args=[NO_ID])
    return mark_safe(  # noqa: S308 - every name is escaped in `_row`
        "".join(_row(client, person, client.pk in resting, pattern) for client in clients)
    )


def _row(client: Client, person: Person, resting: bool, pattern: str) -> str:
    parts = [client.product] if client.owner_id == person.pk and client.product else []
    if client.since:
        parts.append(_("client %(since)s") % {"since": fmt.since(client.since)})
    if client.owner_id != person.pk:
        parts.append(client.owner.full_name if client.owner else _("without an adviser"))
    chip = html.chip(_("rests"), icon_name="moon") if resting else ""
    return (
        f'<a class="row" href="{pattern.replace(NO_ID, client.public_id)}">'
        f'{html.avatar(client.party)}<span class="row__main">'
        f'<span class="row__title">{escape(client.party.full_name)}</span>'
        f'<span class="row__sub">{escape(" · ".join(parts))}</span></span>{chip}'
        f"{html.icon('chevron-right', css='chev')}</a>"
    )


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
