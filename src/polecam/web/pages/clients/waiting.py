"""Praise and an open complaint at once: the wrong moment wins, and the client's own seller is told.

Read on the page of the client alone; nobody else learns of it (domain.md, "Who sees what").
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from polecam.asking import kinds, rules
from polecam.asking.models import Moment
from polecam.asking.queries import ended_on
from polecam.clients.models import Client
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.web.pages.clients import words
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm


def sentence(client: Client, moments: Sequence[Moment], *, at: datetime) -> str:
    """What good moment waits for which wrong one, until when; empty where nothing waits."""
    zone = firm().zone
    today = day_of(at, zone)
    good = _fresh(moments, today)
    wrong = [
        rules.WrongMoment(moment.kind, moment.on, ended_on(moment, zone))
        for moment in moments
        if moment.wrong
    ]
    if good is None or not wrong:
        return ""
    recovery = settings.value("recovery_days", at=at, branch=client.branch_id)
    first = rules.wrong_one_at(wrong, today, recovery)
    if first is None:
        return ""
    return fmt.tie(_told(good, first, rules.wrong_until(first, recovery)))


def _fresh(moments: Sequence[Moment], today: date) -> Moment | None:
    """The good moment that would be the reason to ask today."""
    windows = kinds.known().windows()
    for moment in moments:
        if moment.closed_at is None and rules.is_fresh(
            windows.get(moment.kind), moment.on, today, rating=moment.rating
        ):
            return moment
    return None


def _told(good: Moment, wrong: rules.WrongMoment, until: date | None) -> str:
    said = {"good": words.kind(good.kind), "wrong": words.kind(wrong.kind)}
    begun = _("“%(good)s” waits. First comes: “%(wrong)s”.") % said
    if until is None:
        return begun + " " + _("While it lasts, nobody is reminded to ask.")
    window = kinds.known()[good.kind].window
    last = good.on + timedelta(days=window.after if window else 0)
    day = {"day": fmt.day(until)}
    if last <= until:
        return begun + " " + _("The client rests until %(day)s; another reason will come.") % day
    return begun + " " + _("From %(day)s on it counts again.") % day
