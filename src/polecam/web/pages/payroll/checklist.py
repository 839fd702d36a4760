"""The checklist of a month in words, with a way on where there is one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.closing_desk import Check, Desk
from polecam.web.ui import format as fmt

ICONS = {"ok": "circle-check", "blocks": "circle-x", "info": "info"}
TONES = {"ok": "leaf", "blocks": "poppy", "info": "chaber"}


@dataclass(frozen=True, slots=True)
class Said:
    """A row: what is the case, a note, and where to go on (the name of an address)."""

    title: str
    note: str = ""
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A row ready to show."""

    icon: str
    tone: str
    title: str
    note: str
    url: str
    link: str


def told(check: Check, desk: Desk) -> Told:
    """A row of the checklist."""
    said = SAYING[check.code](check, desk)
    url = reverse(said.place) if said.place else ""
    return Told(ICONS[check.state], TONES[check.state], said.title, said.note, url, said.link)


def _ended(check: Check, desk: Desk) -> Said:
    return Said(_("The month has ended.") if check.is_ok else _("The month still runs."))


def _order(check: Check, desk: Desk) -> Said:
    if check.is_ok:
        return Said(_("Every month before is closed."))
    return Said(_("An earlier month is closed first."), "", "payroll:months", _("Months"))


def _paid_before(check: Check, desk: Desk) -> Said:
    if check.is_ok:
        return Said(_("Everything closed before is marked as paid."))
    said = _("%(month)s is closed, but not yet marked as paid.")
    title = said % {"month": fmt.month(desk.unpaid_before)}
    return Said(title, "", "payroll:months", _("Months"))


def _night(check: Check, desk: Desk) -> Said:
    note = _("When you ask for the closing, everything is computed and proved anew.")
    if check.is_ok:
        return Said(_("The last night found every amount as the plan says."), note)
    if check.state == "info":
        return Said(_("No night has looked at this month yet."), note)
    said = ngettext(
        "The last night found %(n)s amount that differs.",
        "The last night found %(n)s amounts that differ.",
        check.n,
    )
    return Said(said % {"n": check.n}, note)


def _published(check: Check, desk: Desk) -> Said:
    if not check.n:
        note = _("Sellers should see them before the month is closed.")
        return Said(_("Statements are not published yet."), note)
    said = ngettext("%(n)s statement is published.", "%(n)s statements are published.", check.n)
    return Said(said % {"n": check.n})


def _disputes(check: Check, desk: Desk) -> Said:
    if check.is_ok:
        return Said(_("No dispute holds money back."))
    said = ngettext(
        "%(n)s running dispute; %(amount)s gross waits.",
        "%(n)s running disputes; %(amount)s gross waits.",
        check.n,
    )
    note = _("Only the contested part waits; it is paid with a later statement.")
    return Said(said % {"n": check.n, "amount": fmt.zl(check.grosze)}, note)


def _owed(check: Check, desk: Desk) -> Said:
    place = ("payroll:owed", _("Receivables"))
    if check.is_ok:
        return Said(_("Nobody owes anything back."), "", *place)
    said = ngettext(
        "%(n)s person owes %(amount)s gross back.",
        "%(n)s people owe %(amount)s gross back.",
        check.n,
    )
    note = _("Nothing of it is taken from their money without their own consent.")
    return Said(said % {"n": check.n, "amount": fmt.zl(check.grosze)}, note, *place)


def _sales(check: Check, desk: Desk) -> Said:
    if check.is_ok:
        return Said(_("Every sale is confirmed."))
    said = ngettext("%(n)s sale is not confirmed.", "%(n)s sales are not confirmed.", check.n)
    return Said(said % {"n": check.n}, _later())


def _meetings(check: Check, desk: Desk) -> Said:
    if check.is_ok:
        return Said(_("Every meeting is confirmed."))
    said = ngettext("%(n)s meeting is not confirmed.", "%(n)s meetings are not confirmed.", check.n)
    return Said(said % {"n": check.n}, _later())


def _later() -> str:
    return _("Confirmed later, it counts in the month of its confirmation.")


def _engagements(check: Check, desk: Desk) -> Said:
    place = ("payroll:engagements", _("Engagements"))
    if check.is_ok:
        return Said(_("Everyone has an engagement."), "", *place)
    said = ngettext(
        "%(n)s person without an engagement.", "%(n)s people without an engagement.", check.n
    )
    return Said(said % {"n": check.n}, _("They are treated as employed full time."), *place)


def _nothing_paid(check: Check, desk: Desk) -> Said:
    if check.is_ok:
        return Said(_("Every statement pays something."))
    said = ngettext(
        "%(n)s statement pays nothing this time.",
        "%(n)s statements pay nothing this time.",
        check.n,
    )
    return Said(
        said % {"n": check.n}, _("Nothing is payable yet, or it is below zero and goes on.")
    )


SAYING: dict[str, Callable[[Check, Desk], Said]] = {
    "ended": _ended,
    "order": _order,
    "paid_before": _paid_before,
    "night": _night,
    "published": _published,
    "disputes": _disputes,
    "sales": _sales,
    "meetings": _meetings,
    "engagements": _engagements,
    "nothing_paid": _nothing_paid,
    "owed": _owed,
}
