"""The journal behind one line: from what was confirmed to where the money is now."""

from django.db.models import Q

from polecam.bonuses.models import FactKind, Line, Suspense
from polecam.journal.models import Event
from polecam.people.models import Person
from polecam.people.staff import stood_in, with_deputies
from polecam.web.ui import format as fmt
from polecam.web.ui import parts
from polecam.web.ui.firm import firm
from polecam.web.ui.sentences import Names, sentence

CONFIRMED = {
    FactKind.CONSENT: "referral.consented",
    FactKind.MEETING: "referral.meeting_confirmed",
    FactKind.SALE: "sale.confirmed",
}
ICONS = {
    "bonus.credited": "coins",
    "bonus.vested": "banknote",
    "bonus.voided": "undo-2",
    "bonus.suspended": "scale",
    "bonus.released": "scale",
}


def of_line(line: Line, reader: Person, name: str) -> list[parts.Event]:
    """Events of the line, oldest first, each with its number in the journal."""
    fact = line.fact
    about = fact.referral if fact.kind == FactKind.MEETING else fact.source
    found = Q(subject=fact.public_id, subject_type="creditedfact")
    if confirmed := CONFIRMED.get(FactKind(fact.kind)):
        found |= Q(subject=about, kind=confirmed)
    found |= Q(subject_type="creditedfact", kind="bonus.voided", data__fact=fact.public_id)
    held = Suspense.objects.filter(line=line).values("public_id")
    found |= Q(subject_type="suspense", subject__in=held)
    if line.vesting:
        found |= Q(subject=line.vesting.public_id, subject_type="ledgertransaction")
    events = list(with_deputies(Event.objects.filter(found)).order_by("id"))
    people = Person.objects.in_bulk({event.by_id for event in events if event.by_id})
    names = Names(
        people=people,
        others={"prospect": name, "friend": name} if name else {},
        deputised=stood_in(events, firm().zone),
    )
    return [
        parts.Event(
            sentence(event, reader, names),
            event.at,
            ICONS.get(event.kind, "check"),
            "leaf" if event.kind.startswith("bonus.") else "chaber",
            f"№{fmt.HARD}{fmt.number(event.pk)}",
        )
        for event in events
    ]
