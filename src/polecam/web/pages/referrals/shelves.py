"""The list of referrals in words: groups, filters, the sentence on top, the pages."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.pipeline import ALL, ENDED, MOVE, SOLD, WAITING, Row, Shelf
from polecam.kit import wycinanka
from polecam.web.pages.referrals import rows, words
from polecam.web.ui import format as fmt
from polecam.web.ui import html
from polecam.web.ui.firm import firm

UNDER_WAY = ("waiting", "contact", "meeting")
MARKS = {"waiting": (1, False), "contact": (1, True), "meeting": (4, True), "sold": (5, True)}
NO_ID = "0" * 15


def context(shelf: Shelf, text: str, *, at: datetime) -> dict[str, Any]:
    """What the template shows: ready strings only."""
    pattern = reverse("referrals:one", args=[NO_ID])
    here = rows.scene(at, firm().zone)

    def made(row: Row) -> str:
        return rows.render(row, address=pattern.replace(NO_ID, row.public_id), here=here)

    groups = [
        {
            "code": code,
            "title": title(code, at),
            "count": count if shelf.show != MOVE else len(inside),
            "mark": mark(code),
            "side": _side(code),
            "rows": mark_safe("".join(made(row) for row in inside)),  # noqa: S308 - made in rows
        }
        for code, count, inside in shelf.groups
    ]
    return {
        "shelf": shelf,
        "text": text,
        "groups": groups,
        "lead": lead(shelf),
        "filters": filters(shelf, text),
        "nothing": _("Nothing under this name.") if text else _("Nothing here now."),
        "all_url": reverse("referrals:list"),
        "pager": pager(shelf, text),
        "last_note": last_note(shelf),
    }


def title(code: str, at: datetime) -> str:
    """`Sprzedaż w listopadzie`."""
    if code == SOLD:
        return _("Sold %(in_month)s") % {"in_month": fmt.in_month(fmt.as_day(at))}
    return str(words.GROUPS[code])


def mark(code: str) -> SafeString:
    """The sign of a group: a cut leaf, a leaf, two leaves, a bloom."""
    if code in MARKS:
        stage, done = MARKS[code]
        drawn = wycinanka.stage_mark(stage, done=done, css="group-head__leaf")
        return mark_safe(drawn)  # noqa: S308 - drawn by us
    icon = html.icon("archive" if code == ENDED else "history", "l")
    return format_html('<span class="group-head__leaf">{}</span>', icon)


def _side(code: str) -> SafeString | str:
    if code == WAITING:
        return format_html("{}{}", html.icon("hourglass", "s"), _("days to answer"))
    if code == "contact":
        return format_html("{}{}", html.icon("shield-check", "s"), _("days of protection"))
    return ""


def lead(shelf: Shelf) -> str:
    """`7 w drodze, 1 ruch na dziś.`"""
    under_way = sum(shelf.counts[group] for group in UNDER_WAY)
    if not under_way:
        return _("Nothing under way now.") if shelf.ever else ""
    away = ngettext("%(n)s under way", "%(n)s under way", under_way) % {"n": under_way}
    if not shelf.moves:
        return fmt.tie(_("%(away)s, nothing urgent today.") % {"away": away})
    moves = ngettext("%(n)s move today", "%(n)s moves today", shelf.moves) % {"n": shelf.moves}
    return fmt.tie(f"{away}, {moves}.")


def address(show: str, text: str, number: int = 1) -> str:
    """A deep link."""
    query = {"show": show if show != ALL else "", "q": text, "page": number if number > 1 else ""}
    kept = urlencode({name: value for name, value in query.items() if value})
    return reverse("referrals:list") + (f"?{kept}" if kept else "")


def filters(shelf: Shelf, text: str) -> SafeString:
    """Chips: all, my move, and the groups that have something in them."""
    counts = {ALL: None, MOVE: shelf.moves} | shelf.counts
    shown = [code for code, count in counts.items() if count or code in (ALL, MOVE, shelf.show)]
    chips = []
    for code in shown:
        count = counts[code]
        label = str(words.SHOWS[code]) + (f" · {fmt.number(count)}" if count is not None else "")
        current = ' aria-current="true"' if code == shelf.show else ""
        chips.append(
            f'<a class="chip chip--pick" href="{escape(address(code, text))}"{current}>'
            f"{escape(label)}</a>"
        )
    return mark_safe("".join(chips))  # noqa: S308 - escaped just above


def pager(shelf: Shelf, text: str) -> SafeString | str:
    """Previous and next, when there is more than one page."""
    if shelf.pages < 2:
        return ""
    parts = []
    if shelf.number > 1:
        parts.append(_turn(shelf, text, -1, "prev", _("Previous"), "chevron-left"))
    parts.append(
        format_html(
            "<span>{}</span>",
            _("%(n)s of %(all)s") % {"n": shelf.number, "all": shelf.pages},
        )
    )
    if shelf.number < shelf.pages:
        parts.append(_turn(shelf, text, 1, "next", _("Next"), "chevron-right"))
    return format_html(
        '<nav class="pager" aria-label="{}">{}</nav>',
        _("Pages"),
        mark_safe("".join(parts)),  # noqa: S308 - format_html each
    )


def _turn(shelf: Shelf, text: str, by: int, rel: str, label: str, icon: str) -> SafeString:
    drawn = html.icon(icon)
    inside = format_html("{}{}", drawn, label) if by < 0 else format_html("{}{}", label, drawn)
    return format_html(
        '<a class="btn btn--s" rel="{}" href="{}">{}</a>',
        rel,
        address(shelf.show, text, shelf.number + by),
        inside,
    )


def last_note(shelf: Shelf) -> str:
    """What the numbers in the circles mean; the end of the list says that it is the end."""
    soon = [
        row
        for row in shelf.rows
        if row.claim_until and row.group == "contact" and fmt.days_left(row.claim_until) <= 14
    ]
    if soon:
        n = fmt.days_left(soon[0].claim_until) if soon[0].claim_until else 0
        return fmt.tie(
            _(
                "The number in a circle is days. For %(name)s %(days)s are left: one talk makes "
                "it at least 30."
            )
            % {"name": words.of_whom(rows.whom(soon[0])), "days": fmt.days(n)}
        )
    return _("That is all.")
