"""Pairs of records that may be one person, for whoever may join them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights import matches
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """One line for all pairs; no hurry."""
    if not standing(person).may(Permission.JOIN_RECORDS):
        return []
    pairs = matches.open_to(person).count()
    if not pairs:
        return []
    said = ngettext(
        "%(n)s pair of records: one person or two?",
        "%(n)s pairs of records: one person or two?",
        pairs,
    )
    return [
        Wait(
            said % {"n": pairs},
            _("Side by side, a few seconds each. Every answer can be taken back."),
            reverse("matches:list"),
            "copy-check",
        )
    ]
