"""Who recommended whom: the line of clients behind one referral, and the friends beside it.

Names appear only where the reader may see them (own and shared clients, own referrals); others
stand as a person without a name, so that the tree tells where it began and no more.
"""

from dataclasses import dataclass

from polecam.clients.models import Client
from polecam.parties import groups
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.referrals.queries import DEPTH

FRIENDS = 3
"""Friends drawn beside one another, the one looked at among them."""


@dataclass(frozen=True, slots=True)
class Node:
    """A person of the tree; empty names where the reader may not know them.

    `recommended`: drawn as a leaf. `form`: f, m or n. `state`: of a friend's referral.
    """

    first_name: str
    last_name: str
    form: str
    recommended: bool
    state: str = ""
    now: bool = False
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """`line`: the recommender first, then who recommended them, and so on to the root."""

    line: list[Node]
    friends: list[Node]
    recommended: int

    @property
    def generations(self) -> int:
        """Rows of the drawing."""
        return len(self.line) + 1


def of_referral(person: Person, referral: Referral, *, held: bool) -> Tree | None:
    """The tree around a referral of `referrals.queries.find`; None when nobody recommended it.

    `held`: the reader knows the friend's whole name. One query: the other friends of this client
    that the reader brought.
    """
    if referral.client is None:
        return None
    client = referral.client
    line = _line(client, person, joined=getattr(referral, "client_joined", False))
    siblings = list(
        Referral.objects.filter(client=client, originator=person)
        .exclude(state=states.EXPIRED)
        .select_related("party")
        .order_by("-state_at", "-pk")
    )
    friends = _friends(siblings, referral, held)
    return Tree(line, friends, max(len(siblings), 1))


def _line(client: Client, person: Person, *, joined: bool) -> list[Node]:
    branches = set(standing(person).branches(Permission.SEE_BRANCH_CLIENTS))
    line: list[Node] = []
    seen: set[int] = set()
    now: Client | None = client
    while now is not None and groups.head(now.party) not in seen and len(line) <= DEPTH:
        seen.add(groups.head(now.party))
        known = (
            now.pk == client.pk
            or now.owner_id == person.pk
            or now.shared
            or now.branch_id in branches
        )
        line.append(
            Node(
                first_name=now.party.first_name if known else "",
                last_name=now.party.last_name if known else "",
                form=now.party.form if known else "n",
                recommended=now.introduced_by_id is not None,
            )
        )
        above = now.introduced_by
        if above is None and joined and now.pk == client.pk:
            above = _under_another_record(now)
        now = above if len(line) <= DEPTH else None
    return line


def _under_another_record(client: Client) -> Client | None:
    """Who recommended the same person under a record joined to this one."""
    joined = groups.of(client.party)
    found = Client.objects.filter(party__in=joined, introduced_by__isnull=False)
    other = found.select_related("introduced_by__party").order_by("pk").first()
    return other.introduced_by if other else None


def _friends(siblings: list[Referral], referral: Referral, held: bool) -> list[Node]:
    others = [row for row in siblings if row.pk != referral.pk][: FRIENDS - 1]
    nodes = [_friend(row) for row in others]
    middle = len(nodes) // 2 + len(nodes) % 2
    nodes.insert(middle, _friend(referral, now=True, whole=held))
    return nodes


def _friend(row: Referral, *, now: bool = False, whole: bool = False) -> Node:
    party = row.party
    return Node(
        first_name=party.first_name if party else "",
        last_name=party.last_name if party and whole else "",
        form=party.form if party else "n",
        recommended=True,
        state=row.state,
        now=now,
        public_id=row.public_id,
    )
