"""Proof of the receipts: no number is missing, each is signed and stands in the journal."""

from collections.abc import Iterator

from polecam.claims import signing
from polecam.claims.models import Receipt
from polecam.claims.papers import opening_of, slip_of
from polecam.claims.slip import commitment, halves
from polecam.claims.slip_keys import Keys, is_signed
from polecam.journal.models import Event, Seal

ISSUED = "receipt.issued"
CHUNK = 500


def problems() -> Iterator[str]:
    """Every receipt that is not as it was issued, first numbers first; then events without one."""
    keys = signing.of_the_house()
    seals = {"", *Seal.objects.values_list("digest", flat=True)}
    expected = 1
    rows = Receipt.objects.select_related("person").order_by("number")
    batch: list[Receipt] = []
    for receipt in rows.iterator(chunk_size=CHUNK):
        if receipt.number != expected:
            yield f"receipt {expected}: missing"
        expected = receipt.number + 1
        batch.append(receipt)
        if len(batch) == CHUNK:
            yield from _batch(batch, keys, seals)
            batch = []
    yield from _batch(batch, keys, seals)
    yield from _orphans()


def _batch(batch: list[Receipt], keys: Keys, seals: set[str]) -> Iterator[str]:
    events = Event.objects.in_bulk([r.event_id for r in batch if r.event_id])
    for receipt in batch:
        event = events.get(receipt.event_id) if receipt.event_id else None
        said = _wrong(receipt, event, keys, seals)
        if said:
            yield f"receipt {receipt.number}: {said}"


def _wrong(receipt: Receipt, event: Event | None, keys: Keys, seals: set[str]) -> str:
    """What is wrong with one receipt; empty when nothing is."""
    try:
        slip = slip_of(receipt)
        digest = slip.digest
    except ValueError:
        return "it was changed after signing"
    if slip.key_id not in keys.known:
        return f"it was signed with a key that is not known here ({slip.key_id})"
    if not is_signed(slip, keys.known[slip.key_id]):
        return "it was changed after signing"
    opening = opening_of(receipt, receipt.person.public_id)
    if opening and commitment(slip.kind, opening) != slip.commitment:
        return "it is said to be about something or somebody else than was signed"
    if slip.previous not in seals:
        return "the seal it carries on from is not there"
    bound = {"number": slip.number, "digest": halves(digest)}
    if event is None or event.kind != ISSUED or event.data != bound:
        return "the journal does not hold it"
    return ""


def _orphans() -> Iterator[str]:
    known = Receipt.objects.exclude(event_id=None).values("event_id")
    rows = Event.objects.filter(kind=ISSUED).exclude(pk__in=known).order_by("pk")
    for number in rows.values_list("data__number", flat=True).iterator(chunk_size=CHUNK):
        yield f"receipt {number}: it was deleted, the journal still tells of it"
