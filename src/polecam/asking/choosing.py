"""Which words come first: the best match, own ones before the house's, equals in a fair order.

Pure. "Standing" says how well a sentence fits a situation: own first, then the kind of moment, then
the channel, then the relation. Sentences of equal standing are put in an order that chance decides
(a keyed hash of the situation, so that nobody can roll again); that order is the fair test.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, Protocol, TypeVar, cast

MESSAGE = "message"
NEW_DAYS = 365
"""A client of less than a year is new."""
INTRODUCED_DAYS = 2 * 365
"""For so long one remembers who recommended the firm."""

Keyed = Callable[..., str]


class Sentence(Protocol):
    """What choosing needs to know of a sentence (models.Script has it)."""

    @property
    def public_id(self) -> str:
        """Its own, for the draw."""

    @property
    def seller_id(self) -> int | None:
        """Whose it is; None = the house's."""

    @property
    def code(self) -> str:
        """What it is called in all its versions."""

    @property
    def version(self) -> int:
        """Which of them."""

    @property
    def moment_kind(self) -> str:
        """For which kind of moment; "" = any."""

    @property
    def channel(self) -> str:
        """For which channel; "" = any that is spoken."""

    @property
    def relation(self) -> str:
        """For which relation; "" = any."""


S = TypeVar("S")
"""Some kind of Sentence. Not bound to it: a Django model gets its columns too late for that."""


def _of(sentence: object) -> Sentence:
    return cast(Sentence, sentence)


@dataclass(frozen=True, slots=True)
class Situation:
    """An ask ahead: its kind of moment, its channel, how well the two know each other."""

    kind: str = ""
    channel: str = "talk"
    relation: str = ""


class Standing(NamedTuple):
    """How well a sentence fits; the greater one comes first."""

    own: bool
    moment: bool
    channel: bool
    relation: bool


def standing(sentence: Sentence, at: Situation) -> Standing | None:
    """How well a sentence fits the situation; None when it does not.

    An empty kind, channel or relation suits any, but a message needs words written for one: only
    they have a place for the link.
    """
    spoken_anyhow = not sentence.channel and at.channel != MESSAGE
    fits = (
        sentence.moment_kind in ("", at.kind)
        and (sentence.channel == at.channel or spoken_anyhow)
        and sentence.relation in ("", at.relation)
    )
    if not fits:
        return None
    return Standing(
        own=sentence.seller_id is not None,
        moment=bool(sentence.moment_kind),
        channel=bool(sentence.channel),
        relation=bool(sentence.relation),
    )


def tiers(sentences: Iterable[S], at: Situation) -> list[list[S]]:
    """Sentences that fit, best first, those of equal standing together, each group by code.

    The house's sentences for any moment are left out where it has two or more for this one.
    """
    groups: dict[Standing, list[S]] = {}
    for sentence in sentences:
        found = standing(_of(sentence), at)
        if found is not None:
            groups.setdefault(found, []).append(sentence)
    if sum(len(group) for place, group in groups.items() if place.moment and not place.own) > 1:
        groups = {place: group for place, group in groups.items() if place.own or place.moment}
    return [
        sorted(groups[place], key=lambda s: (_of(s).code, _of(s).version, _of(s).public_id))
        for place in sorted(groups, reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class Order(Generic[S]):
    """Sentences in the order in which they are shown; `by_chance`: the first one was drawn."""

    sentences: tuple[S, ...]
    by_chance: bool = False


def ordered(
    sentences: Iterable[S], at: Situation, *, seed: str, keyed: Keyed, fair: bool
) -> Order[S]:
    """All that fits, best first; equals by chance when the test is on (`fair`).

    `keyed(purpose, seed, id)` is a keyed hash: every order of equals is equally likely, nobody can
    foretell it, and the same ask always gets the same one.
    """
    found = tiers(sentences, at)
    if fair:
        found = [
            sorted(group, key=lambda s: keyed("words-order", seed, _of(s).public_id))
            for group in found
        ]
    flat = tuple(sentence for group in found for sentence in group)
    return Order(flat, by_chance=fair and bool(found) and len(found[0]) > 1)


def relation_of(since: date | None, today: date, *, introduced: bool) -> str:
    """`intro`, `new` or `long`; "" when nobody knows since when one is a client."""
    if since is None:
        return "intro" if introduced else ""
    days = (today - since).days
    if introduced and days < INTRODUCED_DAYS:
        return "intro"
    return "new" if days < NEW_DAYS else "long"


def seed_of(person: str, client: str, moment: str) -> str:
    """What one ask is: whose, of whom, at which moment (or day)."""
    return "\x1f".join((person, client, moment))


def equal_standing(first: Sentence, second: Sentence) -> bool:
    """Whether two sentences stand in one fair test: for one situation, both own or neither."""
    return _place(first) == _place(second)


def _place(sentence: Sentence) -> Sequence[object]:
    own = sentence.seller_id is not None
    return own, sentence.moment_kind, sentence.channel, sentence.relation
