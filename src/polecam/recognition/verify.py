"""Proof of the words: each praise still says what the journal committed to."""

from collections.abc import Iterator

from polecam.journal.models import Event
from polecam.recognition.models import Praise
from polecam.store.crypto import keyed, same


def problems() -> Iterator[str]:
    """Every praise whose text is not the one that was given."""
    committed = dict(Event.objects.filter(kind="praise.given").values_list("subject", "commitment"))
    for praise in Praise.objects.order_by("id").iterator():
        told = committed.get(praise.public_id)
        if told is None:
            yield f"praise {praise.public_id}: the journal does not know it"
        elif not same(told, keyed("commit", praise.nonce, praise.text)):
            yield f"praise {praise.public_id}: its words were changed"
