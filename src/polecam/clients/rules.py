"""Which known client a row of a file means, and what it changes. Pure."""

from dataclasses import dataclass, field
from datetime import date

from polecam.parties.rules import compatible, words


@dataclass(slots=True)
class Known:
    """A client as far as matching needs: blind indexes instead of contact data.

    `client_id` is None for one that only a dry run would make.
    """

    client_id: int | None
    party_id: int | None
    public_id: str
    party_public_id: str
    first_name: str
    last_name: str
    number: str
    phone_index: str
    email_index: str
    owner_id: int | None
    since: date | None
    product: str
    name: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        self.name = words(self.first_name, self.last_name)


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says, with contact data already turned into blind indexes."""

    first_name: str
    last_name: str
    number: str
    phone_index: str
    email_index: str
    owner_id: int | None
    since: date | None
    product: str

    @property
    def name(self) -> frozenset[str]:
        """The folded words of the name."""
        return words(self.first_name, self.last_name)


class Somebody:
    """Clients of one branch by what identifies them."""

    def __init__(self) -> None:
        self.by_number: dict[str, Known] = {}
        self.by_phone: dict[str, list[Known]] = {}
        self.by_email: dict[str, list[Known]] = {}
        self.by_name: dict[frozenset[str], list[Known]] = {}
        self.crowded: set[frozenset[str]] = set()

    def add(self, known: Known) -> None:
        """Make one findable; adding the same client again changes nothing."""
        if known.number:
            self.by_number[known.number] = known
        for index, table in (
            (known.phone_index, self.by_phone),
            (known.email_index, self.by_email),
            (known.name, self.by_name),
        ):
            if index and not any(same(known, other) for other in table.get(index, ())):  # type: ignore[attr-defined]
                table.setdefault(index, []).append(known)  # type: ignore[attr-defined]

    def find(self, said: Said) -> Known | None:
        """Client number first, then phone, then e-mail with a compatible name; then the name alone.

        The name alone counts only when one client bears it and nothing contradicts. Raises
        OtherPerson when the number belongs to somebody else.
        """
        name = said.name
        if said.number and (known := self.by_number.get(said.number)):
            if compatible(known.name, name) or _share_contact(known, said):
                return known
            raise OtherPerson
        for index, table in (
            (said.phone_index, self.by_phone),
            (said.email_index, self.by_email),
        ):
            alike = [
                known
                for known in table.get(index, ())
                if compatible(known.name, name) and not _other_number(known, said)
            ]
            if index and alike:
                return min(alike, key=lambda known: known.name != name)
        return self._by_name_alone(said, name)

    def _by_name_alone(self, said: Said, name: frozenset[str]) -> Known | None:
        if len(name) < 2 or name in self.crowded:
            return None
        bearers = self.by_name.get(name, [])
        if len(bearers) != 1 or contradicted(bearers[0], said):
            return None
        return bearers[0]


class OtherPerson(Exception):
    """The client number in the row belongs to a client of quite another name."""


def same(one: Known, other: Known) -> bool:
    """Whether two records are one client."""
    return one.public_id == other.public_id


def _share_contact(known: Known, said: Said) -> bool:
    return bool(
        (said.phone_index and said.phone_index == known.phone_index)
        or (said.email_index and said.email_index == known.email_index)
    )


def _other_number(known: Known, said: Said) -> bool:
    return bool(known.number and said.number and known.number != said.number)


def contradicted(known: Known, said: Said) -> bool:
    """Both say a client number, a phone or an address, and not the same."""
    pairs = (
        (known.number, said.number),
        (known.phone_index, said.phone_index),
        (known.email_index, said.email_index),
    )
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


IDENTITY = ("number", "phone_index", "email_index", "owner_id")
DETAILS = ("since", "product")


def changes(known: Known, said: Said, *, told_before: bool) -> dict[str, object]:
    """What the row changes; empty cells never erase. `told_before`: by this very file.

    A file that says the same client twice is heard once: a later row may fill gaps, its details
    count for nothing, and where it contradicts Contradiction is raised.
    """
    found: dict[str, object] = {}
    for attribute in IDENTITY + DETAILS:
        value, current = getattr(said, attribute), getattr(known, attribute)
        if not value or value == current:
            continue
        if told_before and current:
            if attribute in IDENTITY:
                raise Contradiction
            continue
        found[attribute] = value
    spelled = (said.first_name, said.last_name)
    if spelled != (known.first_name, known.last_name) and not told_before and all(spelled):
        found["first_name"], found["last_name"] = spelled
    return found


class Contradiction(Exception):
    """An earlier row of the same file says otherwise about the same client."""
