"""Splits as people type them: percent with two decimals, comma or dot. Forms parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.claims.models import CreditShare, ShareRole
from polecam.claims.rules import Part
from polecam.claims.shares.rules import LONGEST_NOTE
from polecam.kit.money import WHOLE_BP
from polecam.people.models import Person
from polecam.web.pages.referrals.forms import RefusableForm, choices
from polecam.web.pages.shares import words
from polecam.web.ui import format as fmt
from polecam.web.ui.percent import PercentField

NEWCOMERS = 2
"""Empty rows for colleagues who come in."""


class SplitForm(RefusableForm):
    """A row for everyone who has a part, and two for colleagues who come in."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), choices=choices(words.PROPOSED), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("A few words"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, now: Sequence[CreditShare], colleagues: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = list(now)
        self.people = {person.public_id: person for person in colleagues}
        offered = [("", _("nobody")), *((key, p.full_name) for key, p in self.people.items())]
        for row, share in enumerate(self.now):
            typed = fmt.percent(share.share_bp).removesuffix("%")
            self._add(row, share.person.full_name, share.role, typed)
        for row in range(len(self.now), len(self.now) + NEWCOMERS if self.people else 0):
            self.fields[f"person_{row}"] = forms.ChoiceField(
                label=_("A colleague"), choices=offered, required=False
            )
            self._add(row, _("Part in percent"), ShareRole.CLOSER, "")

    def _add(self, row: int, label: str, role: str, typed: str) -> None:
        self.fields[f"percent_{row}"] = PercentField(label=label, required=False, initial=typed)
        self.fields[f"role_{row}"] = forms.ChoiceField(
            label=_("Role"), choices=choices(words.ROLES), initial=role
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The bound fields of each row, for the template."""
        count = sum(name.startswith("percent_") for name in self.fields)
        return [
            {
                name: self[f"{name}_{row}"]
                for name in ("person", "percent", "role")
                if f"{name}_{row}" in self.fields
            }
            for row in range(count)
        ]

    def clean(self) -> dict[str, Any]:
        """The parts make the whole; a colleague without a part, or a part of nobody, is told."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["parts"] = parts = self._parts(cleaned)
            total = sum(part.share_bp for part in parts)
            if total != WHOLE_BP:
                self.add_error(None, _total_words(total))
        return cleaned

    def _parts(self, cleaned: dict[str, Any]) -> list[Part]:
        parts = []
        for row, fields in enumerate(self.rows):
            bp, role = cleaned[f"percent_{row}"], cleaned[f"role_{row}"]
            if "person" not in fields:
                person: Person | None = self.now[row].person
            else:
                person = self.people.get(cleaned[f"person_{row}"])
                if bool(person) != bool(bp):
                    name = f"percent_{row}" if person else f"person_{row}"
                    self.add_error(name, _("Choose both: a colleague, and their part."))
            if person is not None and bp:
                parts.append(Part(person.pk, bp, role))
        return parts


def _total_words(total: int) -> str:
    return fmt.tie(
        _("Together it makes %(sum)s, and it must make the whole.") % {"sum": fmt.percent(total)}
    )


class AskForm(RefusableForm):
    """How big a part somebody asks for who was recommended the same person."""

    beside = {"share": "share"}
    share = PercentField(label=gettext_lazy("The part you ask for, in percent"))


class ExtraForm(RefusableForm):
    """To whom an extra goes, and as what."""

    person = forms.ChoiceField(label=gettext_lazy("Who helped?"), widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label=gettext_lazy("As what?"),
        choices=choices(words.EXTRA_ROLES),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, helpers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in helpers}
        pairs = [(key, person.full_name) for key, person in self.people.items()]
        self.fields["person"].choices = pairs  # type: ignore[attr-defined]
