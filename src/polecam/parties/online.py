"""Who somebody may be, among everyone known: the few records most alike, in milliseconds."""

from dataclasses import dataclass

from django.db.models import Q

from polecam.kit import names
from polecam.kit.diminutives import surname_forms, variants
from polecam.parties.likeness import Likeness, Said, likeness
from polecam.parties.models import Party

__all__ = ["Candidate", "Said", "candidates"]
MOST = 500
NOTHING = Likeness(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the person. `party_id` is the record that stands, if it was merged."""

    party_id: int
    likeness: Likeness


def candidates(said: Said, *, limit: int = 5) -> list[Candidate]:
    """The records most alike to what is said of a person, best first; nobody erased.

    Never opens contact data: phone and address are compared by blind index. Judge the scores with
    `likeness.band`; those without any likeness are left out.
    """
    found: dict[int, Likeness] = {}
    for row in Party.objects.filter(_wanted(said), erased_at=None).order_by("id")[:MOST]:
        known = Said(row.first_name, row.last_name, row.phone_index, row.email_index)
        alike = likeness(said, known)
        stands = row.same_as_id or row.pk
        if alike.score_bp > found.get(stands, NOTHING).score_bp:
            found[stands] = alike
    ranked = sorted(found.items(), key=lambda item: (-item[1].score_bp, item[0]))
    return [Candidate(party, alike) for party, alike in ranked[:limit]]


def _wanted(said: Said) -> Q:
    first, last = names.fold(said.first), names.fold(said.last)
    whole = [f"{a} {b}" for a in variants(first) for b in surname_forms(last)]
    wanted = Q(name_key__in=whole) | Q(name_key2__in=whole) if first and last else Q(pk__in=())
    if said.phone_index:
        wanted |= Q(phone_index=said.phone_index)
    if said.email_index:
        wanted |= Q(email_index=said.email_index)
    return wanted
