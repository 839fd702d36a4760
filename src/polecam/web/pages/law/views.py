"""Each rule of law on one page: its setting, who changed it, and whether it holds now."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.insights import law
from polecam.insights.law import BY_ID, CHAPTERS, RULES, Rule, State
from polecam.organisation.models import Setting
from polecam.organisation.queries import histories, in_force
from polecam.organisation.settings import KINDS
from polecam.people.models import Person
from polecam.web.access import ADMINS, OFFICERS, door
from polecam.web.pages.law import places, proofs, words
from polecam.web.pages.setup import words as settings_words
from polecam.web.pages.setup.titles import TITLES
from polecam.web.types import Request

READERS = ADMINS | OFFICERS


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as a page shows it."""

    rule: Rule
    title: str
    says: str
    proof: str
    state: str
    tone: str
    icon: str
    lines: list[settings_words.Line]


@door("law:rules", READERS)
@require_safe
def rules(request: Request) -> HttpResponse:
    """Every rule with its proof, by whom it protects."""
    at = datetime.now(UTC)
    rows = in_force(at)
    found = law.states_of(at, {key: row.value for key, row in rows.items()})
    authors = _authors(rows.values())
    cards = {rule.id: _shown(rule, found[rule.id], rows, authors) for rule in RULES}
    chapters = [
        (words.CHAPTERS[chapter], [cards[rule.id] for rule in RULES if rule.chapter == chapter])
        for chapter in CHAPTERS
    ]
    look = [card for card in cards.values() if found[card.rule.id].how == law.LOOK]
    return render(request, "law/rules.html", {"chapters": chapters, "look": look, "at": at})


@door("law:rule", READERS)
@require_safe
def rule(request: Request, rule: str) -> HttpResponse:
    """One rule: the proof again, every value its settings ever had, and where it is built."""
    known = BY_ID.get(rule)
    if known is None:
        raise Http404
    at = datetime.now(UTC)
    rows = in_force(at)
    found = law.states_of(at, {key: row.value for key, row in rows.items()})
    past = histories(known.settings)
    authors = _authors(row for rows_ in past.values() for row in rows_)
    card = _shown(known, found[known.id], rows, authors)
    values = [
        (line, [_line(row, authors) for row in past[line.key]], line.key in TITLES)
        for line in card.lines
    ]
    context = {
        "card": card,
        "settings": values,
        "place": places.PLACES[known.id][0],
        "test": places.TESTS[known.id],
    }
    return render(request, "law/rule.html", context)


def _shown(rule: Rule, state: State, rows: dict[str, Setting], authors: dict[int, Person]) -> Shown:
    label, tone, icon = words.STATES[state.how]
    lines = [
        settings_words.line(key, rows.get(key), authors.get(_setter(rows.get(key))))
        for key in rule.settings
        if key in TITLES and key in KINDS
    ]
    return Shown(
        rule,
        str(words.TITLES[rule.id]),
        str(words.SAYS[rule.id]),
        proofs.sentence(rule.id, state),
        str(label),
        tone,
        icon,
        lines,
    )


def _line(row: Setting, authors: dict[int, Person]) -> settings_words.Line:
    return settings_words.line(row.key, row, authors.get(_setter(row)))


def _setter(row: Setting | None) -> int:
    return (row.set_by_id or 0) if row else 0


def _authors(rows: object) -> dict[int, Person]:
    """Who set these values, by id."""
    idents = {row.set_by_id for row in rows} - {None}  # type: ignore[attr-defined]
    return {person.pk: person for person in Person.objects.filter(pk__in=idents)} if idents else {}
