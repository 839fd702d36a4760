"""Which known client a row of a file means, and what it changes. Pure."""

from dataclasses import dataclass, field
from datetime import date

from polecam.kit import names
from polecam.parties.rules import compatible, words


@dataclass(slots=True)
class Known:
    """A client as far as matching needs: blind indexes instead of contact data.

    `client_id` is None for one that a row above in the same file makes.
    """

    client_id: int | None
    party_id: int | None
    public_id: str
    party_public_id: str
    first_name: str
    last_name: str
    name_key: str
    number: str
    phone_index: str
    email_index: str
    owner_id: int | None
    since: date | None
    product: str
    renews_on: date | None = None
    name: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        self.name = frozenset(self.name_key.split())


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
    renews_on: date | None
    keys: tuple[str, str]
    """The folded name in both orders, as `kit.names.keys`."""
    name: frozenset[str]
    """Its words."""


def said(
    name: tuple[str, str],
    *,
    number: str = "",
    phone_index: str = "",
    email_index: str = "",
    owner_id: int | None = None,
    since: date | None = None,
    product: str = "",
    renews_on: date | None = None,
) -> Said:
    """What a row says; `name` is (first, last)."""
    keys = names.keys(*name)
    folded = frozenset(keys[0].split())
    return Said(
        *name, number, phone_index, email_index, owner_id, since, product, renews_on, keys, folded
    )


class Somebody:
    """Clients of one branch by what identifies them."""

    def __init__(self) -> None:
        self.by_number: dict[str, Known] = {}
        self.by_phone: dict[str, list[Known]] = {}
        self.by_email: dict[str, list[Known]] = {}
        self.by_name: dict[frozenset[str], list[Known]] = {}
        self.crowded: set[frozenset[str]] = set()
        self._added: set[str] = set()

    def add(self, known: Known) -> None:
        """Make one findable; adding the same client again changes nothing."""
        if known.public_id not in self._added:
            self._added.add(known.public_id)
            self._file(known)

    def learn(self, known: Known, changed: dict[str, object]) -> None:
        """A row changed what is known of one: make them findable by the new values too."""
        for attribute, value in changed.items():
            setattr(known, attribute, value)
        known.name = words(known.first_name, known.last_name)
        self._file(known)

    def _file(self, known: Known) -> None:
        if known.number:
            self.by_number[known.number] = known
        if known.phone_index:
            self.by_phone.setdefault(known.phone_index, []).append(known)
        if known.email_index:
            self.by_email.setdefault(known.email_index, []).append(known)
        if known.name:
            self.by_name.setdefault(known.name, []).append(known)

    def find(self, said: Said) -> Known | None:
        """Client number first, then phone, then e-mail with a compatible name; then the name alone.

        The name alone counts only when one client bears it and nothing contradicts. Raises
        OtherPerson when the number belongs to somebody else.
        """
        holder = self.by_number.get(said.number) if said.number else None
        if holder and holder.number == said.number:
            if compatible(holder.name, said.name) or _share_contact(holder, said):
                return holder
            raise OtherPerson
        return self._by_contact(said) or self._by_name_alone(said)

    def _by_contact(self, said: Said) -> Known | None:
        by_phone = self.by_phone.get(said.phone_index, ()) if said.phone_index else ()
        by_email = self.by_email.get(said.email_index, ()) if said.email_index else ()
        for found in (by_phone, by_email):
            alike = [
                known
                for known in found
                if _share_contact(known, said)
                and compatible(known.name, said.name)
                and not _other_number(known, said)
            ]
            if alike:
                return min(alike, key=lambda known: known.name != said.name)
        return None

    def _by_name_alone(self, said: Said) -> Known | None:
        if len(said.name) < 2 or said.name in self.crowded:
            return None
        bearers = {known.public_id: known for known in self.by_name.get(said.name, ())}
        alone = next(iter(bearers.values())) if len(bearers) == 1 else None
        if alone is None or alone.name != said.name or contradicted(alone, said):
            return None
        return alone


class OtherPerson(Exception):
    """The client number in the row belongs to a client of quite another name."""


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
DETAILS = ("since", "product", "renews_on")


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
                raise Contradiction(attribute)
            continue
        found[attribute] = value
    spelled = (said.first_name, said.last_name)
    if spelled != (known.first_name, known.last_name) and not told_before and all(spelled):
        found["first_name"], found["last_name"] = spelled
    return found


class Contradiction(Exception):
    """An earlier row of the same file says otherwise; `column` is the field in which."""

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute)
        self.column = attribute.removesuffix("_index").removesuffix("_id")
