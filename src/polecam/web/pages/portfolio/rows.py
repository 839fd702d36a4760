"""What the pages of a bulk hand-off show, in strings; names only of those the reader may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.claims.models import BulkHandoff, BulkItem, BulkState, BulkWhy, Claim, Handoff
from polecam.claims.models import HandoffState as State
from polecam.claims.rules import Part
from polecam.clients import queries as clients
from polecam.insights import portfolio as reads
from polecam.people.models import Person
from polecam.referrals import queries as referrals
from polecam.web.ui import format as fmt

LED_SHOWN = 40
LEFT_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Share:
    """One colleague's part of a portfolio."""

    person: Person | None
    clients: int
    led: int

    @property
    def note(self) -> str:
        """`12 klientów, 3 polecenia`."""
        return things(self.clients, self.led)


@dataclass(frozen=True, slots=True)
class Led:
    """One referral of a bulk hand-off: whose it becomes, and the shares before and after."""

    item: BulkItem
    label: str
    until: str
    receiver: Person | None
    before: str
    after: str
    note: str


def things(number: int, led: int) -> str:
    """Clients and referrals in words; nothing of what is none."""
    said = []
    if number or not led:
        said.append(ngettext("%(n)s client", "%(n)s clients", number) % {"n": fmt.number(number)})
    if led:
        said.append(ngettext("%(n)s referral", "%(n)s referrals", led) % {"n": fmt.number(led)})
    return fmt.tie(", ".join(said))


def people_of(bulk: BulkHandoff) -> dict[int, Person]:
    """Everybody who may get something, and the giver, by id."""
    found = {person.pk: person for person in reads.receivers(bulk.giver, bulk.branch_id)}
    return found | {bulk.giver_id: bulk.giver}


def shares(bulk: BulkHandoff, people: Mapping[int, Person]) -> list[Share]:
    """Who gets how much; what stays stands last."""
    rows = reads.totals(bulk)
    missing = {who for who, _clients, _led in rows if who and who not in people}
    known = dict(people) | (Person.objects.in_bulk(missing) if missing else {})
    return [Share(known[who] if who else None, number, led) for who, number, led in rows]


def led(
    bulk: BulkHandoff, reader: Person, people: Mapping[int, Person], *, at: datetime
) -> tuple[list[Led], int]:
    """The referrals that move, what ends first standing first; and how many more there are."""
    items = BulkItem.objects.filter(bulk=bulk, referral__isnull=False)
    items = items.select_related("referral__party", "receiver").order_by("id")
    some = list(items[: LED_SHOWN + 1])
    more = items.count() - LED_SHOWN if len(some) > LED_SHOWN else 0
    some = some[:LED_SHOWN]
    ids = [item.referral_id or 0 for item in some]
    seen = set(referrals.visible_to(reader, at=at).filter(pk__in=ids).values_list("pk", flat=True))
    ends = dict(
        Claim.objects.filter(referral__in=ids, ended_at=None).values_list("referral", "until")
    )
    effects = reads.effects(bulk, some, at=at)
    parts = [part for effect in effects for part in (*effect.before, *effect.after)]
    missing = {part.person_id for part in parts} - people.keys()
    known = dict(people) | (Person.objects.in_bulk(missing) if missing else {})
    return [
        _led(effect, effect.referral.pk in seen, ends.get(effect.referral.pk), known, bulk)
        for effect in effects
    ], more


def _led(
    effect: reads.Effect,
    seen: bool,
    until: datetime | None,
    people: Mapping[int, Person],
    bulk: BulkHandoff,
) -> Led:
    party = effect.referral.party
    label = party.first_name if seen and party else _("A referral")
    return Led(
        effect.item,
        label,
        _("exclusive until %(day)s") % {"day": fmt.day(until)} if until else "",
        effect.item.receiver,
        shown(effect.before, people),
        shown(effect.after, people),
        _note(effect, bulk),
    )


def _note(effect: reads.Effect, bulk: BulkHandoff) -> str:
    if effect.item.receiver is None:
        return fmt.tie(_("Stays where it is; shares unchanged."))
    if bulk.why == BulkWhy.DIVISION:
        return fmt.tie(_("Is proposed only: whoever leads it agrees, or keeps it."))
    if effect.heir_id is not None:
        name = effect.item.receiver.first_name
        return fmt.tie(
            _("By the plan, what is confirmed from then on pays %(name)s instead of who left.")
            % {"name": name}
        )
    if effect.before == effect.after:
        return fmt.tie(_("Shares unchanged."))
    return ""


def shown(parts: Iterable[Part], people: Mapping[int, Person]) -> str:
    """`Marta 50%, Kamil 50%`."""
    ordered = sorted(parts, key=lambda part: (-part.share_bp, part.person_id))
    said = [f"{people[p.person_id].first_name} {fmt.percent(p.share_bp)}" for p in ordered]
    return fmt.tie(", ".join(said))


def names(bulk: BulkHandoff, reader: Person, items: Sequence[BulkItem]) -> dict[int, str]:
    """Full names of the clients of these items whom the reader may know, by id."""
    ids = [item.client_id for item in items if item.client_id]
    rows = clients.visible_to(reader).filter(pk__in=ids).select_related("party")
    return {client.pk: client.party.full_name for client in rows}


def left(bulk: BulkHandoff, reader: Person, *, at: datetime) -> tuple[list[str], int]:
    """What an undo left where it is, because something has happened to it; and how many more."""
    if bulk.state != BulkState.UNDONE:
        return [], 0
    rows = BulkItem.objects.filter(bulk=bulk, moved=True)
    some = list(rows.select_related("referral__party", "receiver").order_by("id")[: LEFT_SHOWN + 1])
    more = rows.count() - LEFT_SHOWN if len(some) > LEFT_SHOWN else 0
    some = some[:LEFT_SHOWN]
    known = names(bulk, reader, some)
    ids = [item.referral_id for item in some if item.referral_id]
    seen = set(referrals.visible_to(reader, at=at).filter(pk__in=ids).values_list("pk", flat=True))
    said = []
    for item in some:
        what = _("A client") if item.client_id else _("A referral")
        if item.client_id in known:
            what = known[item.client_id]
        elif item.referral_id in seen and item.referral and item.referral.party:
            what = item.referral.party.first_name
        said.append(f"{what}: {item.receiver.full_name if item.receiver else ''}")
    return said, more


def friends_awaited(bulk: BulkHandoff) -> int:
    """Referrals whose friend has not said yet whether the colleague may get in touch."""
    return Handoff.objects.filter(bulk=bulk, state=State.ACCEPTED).count()
