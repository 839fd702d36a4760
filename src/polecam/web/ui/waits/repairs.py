"""What is to be put right with a client."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.asking import setbacks
from polecam.asking.models import Repair
from polecam.kit.periods import day_bounds
from polecam.people.models import Person
from polecam.web.ui.firm import firm
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """The owner's open repairs; while the owner is away, the boss sees them, too."""
    return [
        Wait(
            _("Talk with %(name)s and put it right") % {"name": repair.client.party.full_name},
            _for_whom(repair, person),
            reverse("clients:one", args=[repair.client.public_id]),
            "heart-handshake",
            "poppy",
            day_bounds(repair.due_on, firm().zone)[1],
        )
        for repair in setbacks.repairs_of(person)
    ]


def _for_whom(repair: Repair, reader: Person) -> str:
    owner = repair.client.owner
    if owner is None or owner.pk == reader.pk:
        return _("The client was not happy. One honest talk is enough.")
    return _("%(who)s is away. You can put it right, or it waits for the return.") % {
        "who": owner.full_name
    }
