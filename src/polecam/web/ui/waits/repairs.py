"""What is to be put right with a client."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.asking import setbacks
from polecam.kit.periods import day_bounds
from polecam.people.models import Person
from polecam.web.ui.firm import firm
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """The owner's open repairs."""
    return [
        Wait(
            _("Talk with %(name)s and put it right") % {"name": repair.client.party.full_name},
            _("The client was not happy. One honest talk is enough."),
            reverse("clients:one", args=[repair.client.public_id]),
            "heart-handshake",
            "poppy",
            day_bounds(repair.due_on, firm().zone)[1],
        )
        for repair in setbacks.repairs_of(person)
    ]
