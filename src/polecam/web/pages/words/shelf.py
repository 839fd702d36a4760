"""The house's words on their shelf: by moment, both languages side by side, tried on samples."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from polecam.actions.words_checks import Said
from polecam.asking.models import Script
from polecam.asking.words import filled
from polecam.web.pages.today import why
from polecam.web.pages.words import labels
from polecam.web.ui.format import tie


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence of the house's."""

    code: str
    version: int
    place: str
    texts: list[tuple[str, str, str]]
    """Language, sentence, exit line: as they sound to Anna."""
    changed: bool


Group = tuple[str, list[Item]]
"""A kind of moment and its sentences."""


def groups() -> tuple[list[Group], list[Group]]:
    """Sentences in use, by moment in the order in which moments are offered, any moment last;
    and apart from them those for moments that the firm does not use."""
    rows: dict[str, list[Script]] = defaultdict(list)
    shown = Script.objects.filter(seller=None, retired_at=None)
    for script in shown.order_by("channel", "relation", "code", "-language"):
        rows[script.code].append(script)
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for code, scripts in rows.items():
        by_kind[scripts[0].moment_kind].append(_item(code, scripts))
    names = {**why.nouns(), "": _("Any moment")}
    ours = [(label, by_kind[kind]) for kind, label in names.items() if kind in by_kind]
    rest = [(why.title(kind), items) for kind, items in by_kind.items() if kind not in names]
    return ours, rest


def _item(code: str, scripts: list[Script]) -> Item:
    first = scripts[0]
    texts = [(s.language, *_heard(s.language, Said(s.text, s.exit_line), 0)) for s in scripts]
    return Item(code, first.version, labels.place(first), texts, first.changed_by_id is not None)


def tried_on_samples(texts: Mapping[str, Said]) -> list[tuple[str, str, str, str]]:
    """(name, language, sentence, exit line) for a woman, a man, and an unknown form."""
    return [
        (sample.first_name, language, *_heard(language, said, number))
        for language, said in sorted(texts.items(), reverse=True)
        if said.text.strip()
        for number, sample in enumerate(labels.SAMPLES)
    ]


def _heard(language: str, said: Said, sample: int) -> tuple[str, str]:
    who = labels.SAMPLES[sample]
    text, exit_line = (
        tie(filled(words, first_name=who.first_name, form=who.form, language=language))
        for words in said
    )
    return text, exit_line
