"""Everyone who stands in the table twice, perhaps: all pairs worth a question, in one go."""

from collections.abc import Iterator
from dataclasses import dataclass

from polecam.parties.likeness import Likeness, Reason, Said, likeness
from polecam.parties.models import Party


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person; `one_id` < `other_id`, neither merged into another."""

    one_id: int
    other_id: int
    score_bp: int
    reasons: tuple[Reason, ...]


def pairs(*, ask_bp: int) -> Iterator[Pair]:
    """All pairs that score at least `ask_bp`, each once, in no special order.

    Streams: memory does not grow with the number of pairs, so the caller can write them in chunks.
    A name alone is suggested only when hardly anybody bears it.
    """
    last: tuple[int, Said] | None = None
    rows = Party.objects.filter(erased_at=None, same_as=None).exclude(phone_index="")
    for row in rows.order_by("phone_index", "id").iterator(2_000):
        said = Said(row.first_name, row.last_name, row.phone_index, row.email_index)
        alike = likeness(last[1], said) if last else Likeness(0)
        if last and alike.score_bp >= ask_bp:
            yield Pair(*sorted((last[0], row.pk)), alike.score_bp, alike.reasons)
        last = row.pk, said
