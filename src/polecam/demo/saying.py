"""What the branch says: the fair test of words at work, Marta's own sentences, her plan."""

import random
from datetime import date, datetime
from typing import Any, NamedTuple

from polecam.actions import asks, if_then, own_words
from polecam.asking import chance as drawn
from polecam.asking.models import Ask, AskChannel, Moment, Script
from polecam.clients.models import Client
from polecam.demo.found import World
from polecam.insights import wording
from polecam.people.models import Person

FIRST = "Marta"
SEED = 30
OWN_FROM, OWN_UNTIL = 3, 5
"""Days after the beginning, and before today."""
FOLLOWED = 0.92
"""So often the sentence that came first is said; else another one, or one's own way."""
WORKS = {
    # code: factor on the chance of a yes; all others are alike
    "rating-why": 1.35,
    "rating-link": 0.5,
}
OWN = (
    ("{address}, mam małą prośbę: komu z {whose} znajomych też mogę pomóc?",
     "Można odmówić i nic się nie stanie."),
    ("{address}, kto z {whose} otoczenia zaczyna teraz coś nowego?",
     "Jeśli nikt, to też dobrze."),
)  # fmt: skip
NOW = (
    ("praise", AskChannel.PHONE, "{address}, to dla mnie ważne. Kogo jeszcze by to ucieszyło?",
     "Jeśli nikt nie przychodzi na myśl, wszystko w porządku."),
    ("", AskChannel.MESSAGE, "{address}, obiecany link, gdyby był komuś potrzebny: {link}",
     "Brak odpowiedzi też będzie dobrą odpowiedzią."),
)  # fmt: skip
PLANS = (
    ("praise", "Dziękuję. Mam prośbę i można śmiało odmówić: kogo jeszcze by to ucieszyło?"),
    ("renewal", "Robię łyk wody, uśmiecham się i mówię jedno zdanie."),
)


class Said(NamedTuple):
    """What `asks.record` is told of the words, and how well they work."""

    told: dict[str, Any]
    factor: float = 1.0

    def ask(self, by: Person, client: Client, moment: Moment, key: str, *, at: datetime) -> Ask:
        """Ask with these words."""
        return asks.record(by=by, at=at, client=client, moment=moment, key=key, **self.told)


class Saying:
    """Chooses words as the page would show them; keeps the house's rows, for they do not change."""

    def __init__(self) -> None:
        self.rng = random.Random(SEED)  # noqa: S311 - a story, not a secret
        self.house = list(Script.objects.filter(seller=None, language="pl", retired_at=None))
        self.own: dict[int, list[Script]] = {}

    def words(self, person: Person, client: Client, moment: Moment, day: date) -> Said:
        """What is said to this client at this moment."""
        fitting = [s for s in self.house if s.moment_kind in ("", moment.kind)]
        order = wording.for_ask(
            person,
            client,
            [*self.own.get(person.pk, ()), *fitting],
            kind=moment.kind,
            about=moment.public_id,
            today=day,
            fair=True,
        )
        if not order.sentences:
            return Said({})
        followed = bool(order.sentences[0].seller_id) or self.rng.random() < FOLLOWED
        script = order.sentences[0 if followed else -1]
        told = {
            "script": script,
            "channel": AskChannel.TALK,
            "first": drawn.proof(person, client, order.sentences[0]) if order.by_chance else "",
        }
        return Said(told, WORKS.get(script.code, 1.0))

    def day(self, world: World, *, past: int, ahead: int, at: datetime) -> None:
        """Marta's own sentences come in the first week and go a few days ago."""
        if past == OWN_FROM:
            self._begin(world, at)
        if ahead == OWN_UNTIL:
            self._end(world, at)

    def _begin(self, world: World, at: datetime) -> None:
        """Marta tries two sentences of her own, for any moment."""
        marta = world.people[FIRST]
        self.own[marta.pk] = [
            own_words.write(by=marta, at=at, kind="", language="pl", text=text, exit_line=way_out)
            for text, way_out in OWN
        ]

    def _end(self, world: World, at: datetime) -> None:
        """Back to the house's words; one of her own for the phone, one for a message; her plan."""
        marta = world.people[FIRST]
        for script in self.own.pop(marta.pk, ()):
            own_words.retire(by=marta, at=at, script=script)
        for kind, channel, text, way_out in NOW:
            own_words.write(
                by=marta, at=at, kind=kind, language="pl", channel=channel, text=text,
                exit_line=way_out,
            )  # fmt: skip
        for kind, then in PLANS:
            if_then.plan(by=marta, at=at, kind=kind, then=then)
