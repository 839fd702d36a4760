"""Sentences with slots: the words of the published plan, with fields where its figures stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.html import icon

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks around the name of a slot inside a sentence: of Unicode's private use, never typed."""
SLOT = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")


def mark(name: str) -> str:
    """The place of a slot in a sentence."""
    return f"{OPEN}{name}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A field inside a sentence. `label` is for screen readers, `unit` stands after the field."""

    name: str
    value: str
    label: str
    unit: str = ""
    mode: str = "decimal"
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands at slots: what is wrong, what wants a second look, which ones are changed."""

    errors: Mapping[str, list[str]]
    warnings: Mapping[str, list[str]]

    def error(self, name: str) -> str:
        """The errors of one slot, as one text."""
        return " ".join(self.errors.get(name, ()))


def filled(text: str, slots: Mapping[str, Slot], notes: Notes, changed: set[str]) -> SafeString:
    """A sentence with its marks replaced by fields."""
    parts = SLOT.split(fmt.tie(text))
    html = [
        drawn(slots[part], notes, changed=part in changed)
        if number % 2
        else format_html("{}", part)
        for number, part in enumerate(parts)
    ]
    return SafeString("".join(html))


def drawn(slot: Slot, notes: Notes, *, changed: bool = False) -> SafeString:
    """One field with its label and unit."""
    wrong = bool(notes.error(slot.name))
    return format_html(
        '<span class="slot{}"><label class="vh" for="{}">{}</label>'
        '<input class="slot__in{}" id="{}" name="{}" type="{}"{} value="{}" autocomplete="off"{}>'
        "{}</span>",
        " is-changed" if changed else "",
        slot.name,
        slot.label,
        " slot__in--day" if slot.kind == "date" else "",
        slot.name,
        slot.name,
        slot.kind,
        format_html(' inputmode="{}" size="4"', slot.mode) if slot.kind == "text" else "",
        slot.value,
        format_html(' aria-invalid="true" aria-describedby="{}-error"', slot.name) if wrong else "",
        format_html("{}{}", fmt.HARD, slot.unit) if slot.unit else "",
    )


def choice(name: str, value: str, label: str, options: list[tuple[str, str]]) -> SafeString:
    """A choice inside a sentence."""
    return format_html(
        '<span class="slot"><label class="vh" for="{0}">{1}</label>'
        '<select class="slot__in slot__in--choice" id="{0}" name="{0}">{2}</select></span>',
        name,
        label,
        options_of(options, value),
    )


def options_of(options: list[tuple[str, str]], value: str) -> SafeString:
    """The options of a choice."""
    return SafeString(
        "".join(
            format_html(
                '<option value="{}"{}>{}</option>',
                code,
                mark_safe(" selected") if code == value else "",
                said,
            )
            for code, said in options
        )
    )


def problems(notes: Notes, *names: str) -> SafeString:
    """What is wrong at these slots, each at its id, and what wants a second look."""
    wrong = [
        format_html(
            '<p class="field__error" id="{}-error">{}<span><span class="vh">{} </span>{}</span>'
            "</p>",
            name,
            icon("circle-alert"),
            _("To mend:"),
            notes.error(name),
        )
        for name in names
        if notes.error(name)
    ]
    look = [
        format_html(
            '<p class="rule__look">{}<span><span class="vh">{} </span>{}</span></p>',
            icon("triangle-alert"),
            _("To think over:"),
            text,
        )
        for name in names
        for text in notes.warnings.get(name, ())
    ]
    return SafeString("".join(wrong + look))
