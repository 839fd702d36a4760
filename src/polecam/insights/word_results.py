"""Which sentence works: how often clients said yes after it, with an honest range.

A seller's own answers are read by that seller alone. The branch's come only from
`asking.word_rates`: closed months, parts of five sellers or more. Below LEAST uses a share says
nothing and is not shown; ranges hold 19 of 20 outcomes (wider than the house's usual eight of
ten, because people look again and again until something seems better).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from polecam.asking import queries, word_rates
from polecam.asking.models import Ask, Script
from polecam.asking.rules import ANSWERED_YES
from polecam.asking.tally import ANSWERS
from polecam.insights.intervals import Figure, wilson
from polecam.kit.periods import month_of, previous_month
from polecam.people.models import Person

LEAST = 30
"""Uses before a share is shown."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Result:
    """A sentence, how often it was used with an answer, and its share of yes once there are 30."""

    script: Script
    uses: int
    yes: int

    @property
    def share(self) -> Figure | None:
        """With its range; None below LEAST uses."""
        return wilson(self.yes, self.uses) if self.uses >= LEAST else None


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of equal standing: for the same moment, channel and relation."""

    results: tuple[Result, ...]

    @property
    def place(self) -> tuple[str, str, str]:
        """Kind of moment, channel, relation."""
        script = self.results[0].script
        return script.moment_kind, script.channel, script.relation

    @property
    def compared(self) -> bool:
        """Whether two or more have enough uses to be set side by side."""
        return sum(result.share is not None for result in self.results) > 1

    @property
    def better(self) -> Result | None:
        """The one whose range lies above all others; None while any two overlap."""
        known = [(result, result.share) for result in self.results if result.share]
        if len(known) < 2:
            return None
        best, figure = max(known, key=lambda pair: pair[1].low)
        return best if all(f.high < figure.low for r, f in known if r is not best) else None


Heard = dict[tuple[bool, str, int], tuple[int, int]]
"""(own, code, version) -> uses with an answer, yeses."""


def own(person: Person, language: str) -> list[Group]:
    """The person's own results. A sentence that had no rival counts all its uses; one that had
    counts the asks in which chance put it first, whichever was said in the end: leafing on in hard
    talks would make it look good, and the comparison would not be fair."""
    asks = queries.visible_to(person).filter(for_reference=False, outcome__in=ANSWERS)
    said = asks.filter(script_version__isnull=False)
    whole = _heard(said, F("script_own"), "script_code", "script_version")
    its_own = Case(When(drawn__seller=None, then=Value(False)), default=Value(True))
    drawn = _heard(asks.filter(drawn__isnull=False), its_own, "drawn__code", "drawn__version")
    known = _scripts(person, language, {code for _, code, _ in {**whole, **drawn}})
    return _groups(known, whole, drawn)


def _heard(asks: QuerySet[Ask], own: F | Case, code: str, version: str) -> Heard:
    rows = asks.order_by().annotate(own=own).values_list("own", code, version)
    counted = rows.annotate(uses=Count("pk"), yes=Count("pk", filter=Q(outcome__in=ANSWERED_YES)))
    return {(own, code, version): (uses, yes) for own, code, version, uses, yes in counted}


def branch(branch_ids: Sequence[int], *, at: datetime, zone: str, language: str) -> list[Group]:
    """The house's sentences over some branches in the closed months of a year."""
    now = month_of(at, zone)
    since = now
    for _ in range(MONTHS):
        since = previous_month(since)
    released = word_rates.by_words(branch_ids, since=since, before=now)
    heard: Heard = {}
    for name, answers in released.items():
        code, _, version = name.rpartition(":")
        heard[False, code, int(version)] = answers.asks, answers.yes
    return _groups(_scripts(None, language, {code for _, code, _ in heard}), heard, heard)


def _scripts(person: Person | None, language: str, codes: Iterable[str]) -> list[Script]:
    """All versions, also retired ones: a result belongs to what was said."""
    whose = Q(seller=None) | Q(seller=person) if person else Q(seller=None)
    rows = Script.objects.filter(whose, code__in=list(codes))
    newest: dict[tuple[bool, str, int], Script] = {}
    for script in rows.order_by("id"):
        key = script.seller_id is not None, script.code, script.version
        if key not in newest or script.language == language:
            newest[key] = script
    return list(newest.values())


def _groups(scripts: Iterable[Script], whole: Heard, drawn: Heard) -> list[Group]:
    places: dict[tuple[bool, str, str, str], list[Script]] = defaultdict(list)
    for script in scripts:
        own = script.seller_id is not None
        if (own, script.code, script.version) in {*whole, *drawn}:
            places[own, script.moment_kind, script.channel, script.relation].append(script)
    found = []
    for (own, *_), members in sorted(places.items(), key=lambda item: (not item[0][0], item[0])):
        keys = {script.pk: (own, script.code, script.version) for script in members}
        tested = [script for script in members if keys[script.pk] in drawn]
        heard = drawn if len(tested) > 1 else whole
        shown = [script for script in members if keys[script.pk] in heard]
        results = [Result(script, *heard[keys[script.pk]]) for script in shown]
        if results:
            found.append(Group(tuple(sorted(results, key=lambda r: (-r.uses, r.script.code)))))
    return found
