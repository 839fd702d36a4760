"""Sales, meetings and complaints as rows of ready strings."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.people.models import Person
from polecam.referrals.models import Meeting
from polecam.sales.models import Complaint, Sale
from polecam.web.ui import format as fmt
from polecam.web.ui import referral_labels as labels


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits: who, what, how much, where to go."""

    name: str
    sub: str
    note: str = ""
    grosze: int | None = None
    state: str = ""
    url: str = ""
    others: list[tuple[str, str]] = field(default_factory=list)


def friend(sale: Sale) -> str:
    """Whoever bought; erased people have no name."""
    party = sale.referral.party
    return party.full_name if party else _("A recommended person")


def of_sale(sale: Sale) -> Row:
    """A reported sale, to confirm or to void."""
    contract = _("contract %(number)s") % {"number": sale.contract} if sale.contract else ""
    parts = [sale.seller.full_name, fmt.day(sale.sold_on), contract]
    notes = [_("value %(amount)s") % {"amount": fmt.zl(sale.value_grosze)}]
    if sale.late_reason:
        notes.append(str(labels.LATE[sale.late_reason]).lower())
    return Row(
        name=friend(sale),
        sub=" · ".join(part for part in parts if part),
        note=", ".join(notes),
        grosze=sale.margin_grosze,
        url=reverse("confirm:sale", args=[sale.public_id]),
        others=[(reverse("confirm:void", args=[sale.public_id]), _("Does not count"))],
    )


def of_sold(sale: Sale, person: Person, *, may_complain: bool) -> Row:
    """A confirmed sale: a complaint may be recorded, or it turns out not to count."""
    own = person.pk in (sale.seller_id, sale.referral.originator_id)
    ways = []
    if not own and may_complain:
        url = reverse("confirm:complaint", args=[sale.public_id])
        ways.append((url, _("Record a complaint")))
    if not own:
        ways.append((reverse("confirm:void", args=[sale.public_id]), _("Does not count")))
    made = of_sale(sale)
    confirmed = sale.confirmed_at
    state = _("confirmed %(day)s") % {"day": fmt.day(confirmed)} if confirmed else ""
    return Row(made.name, made.sub, made.note, made.grosze, state=state, others=ways)


def of_meeting(meeting: Meeting) -> Row:
    """A meeting that the seller says took place."""
    party = meeting.referral.party
    when = f"{fmt.weekday(meeting.at)}, {fmt.clock(meeting.at)}"
    return Row(
        name=party.first_name if party else _("A recommended person"),
        sub=f"{meeting.set_by.full_name} · {when}",
        url=reverse("confirm:meeting", args=[meeting.public_id]),
    )


def of_complaint(complaint: Complaint) -> Row:
    """An open complaint, to decide."""
    sale = complaint.sale
    recorded = _("recorded %(day)s") % {"day": fmt.day(complaint.recorded_at)}
    return Row(
        name=friend(sale),
        sub=f"{sale.seller.full_name} · {labels.GROUNDS[complaint.ground]} · {recorded}",
        note=complaint.note,
        grosze=sale.margin_grosze,
        url=reverse("confirm:decide", args=[complaint.public_id]),
    )
