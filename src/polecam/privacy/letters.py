"""Requests nobody has been found for yet may still say who wrote them: searched at an erasure."""

import re
from datetime import datetime

from polecam.imports.subject import Mention
from polecam.parties.models import Party
from polecam.privacy.models import PersonRequest

APART = re.compile(r"[,;/|]| tel\.? | e-?mail:? ", re.IGNORECASE)


def erase(party: Party, at: datetime) -> int:
    """Requests received by `at` that name the person: from now on theirs, without what was said.

    How many. Call before the party itself is emptied.
    """
    mention = Mention(party)
    found = [
        request.pk
        for request in PersonRequest.objects.filter(party=None, noted_at__lte=at)
        if request.who_sealed and mention([request.who, *APART.split(request.who)])
    ]
    return PersonRequest.objects.filter(pk__in=found).update(party=party, who_sealed="")
