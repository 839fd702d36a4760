"""Somebody is back: what happened while they were away, for three days. Managers find it with the
hand-offs, where their own absences stand."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.insights.meanwhile import returned_from
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """One greeting; one query."""
    who = standing(person)
    if not who.may(Permission.WORK_REFERRALS) or who.may(Permission.PLAN_ABSENCE):
        return []
    if returned_from(person, at=at) is None:
        return []
    title = _("Good that you are back")
    sub = _("What happened while you were away")
    return [Wait(title, sub, reverse("staff:meanwhile"), "sun", "honey")]
