"""Forms of places, and of settings of a place."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.organisation.models import Branch, Level
from polecam.organisation.rules import BELOW
from polecam.web.pages.referrals.forms import DayField, RefusableForm, day_input
from polecam.web.pages.tree.words import LEVELS
from polecam.web.ui.looked import Looked

FIRM = "firm"
"""Directly below the firm."""


class Open(RefusableForm):
    """A new region, branch or team."""

    level = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=80)
    city = forms.CharField(label=pgettext_lazy("place", "Town"), max_length=60, required=False)

    def __init__(self, *args: Any, parent: Branch | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = parent.level if parent else None
        fits = [level for level in Level.values if above in BELOW[level]]
        field = cast(forms.ChoiceField, self.fields["level"])
        field.choices = [(level, LEVELS[level]) for level in fits]
        self.initial.setdefault("level", fits[-1] if fits else "")


class Rename(RefusableForm):
    """Another name, another town."""

    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=80)
    city = forms.CharField(label=pgettext_lazy("place", "Town"), max_length=60, required=False)


class Move(Looked, RefusableForm):
    """Below what, from which day on, and why."""

    parent = forms.ChoiceField(label=_("Below"))
    on = DayField(label=_("From the day"), widget=day_input())
    why = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("Stays on record beside the move.")
    )

    def __init__(self, *args: Any, parents: list[Branch], top: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {one.public_id: one for one in parents}
        choices = [(ref, one.name) for ref, one in self.parents.items()]
        field = cast(forms.ChoiceField, self.fields["parent"])
        field.choices = [*([(FIRM, _("directly below the firm"))] if top else []), *choices]
        self.nowhere = not field.choices

    @property
    def to(self) -> Branch | None:
        """The chosen place; None: the firm itself. Call after is_valid()."""
        return self.parents.get(self.cleaned_data["parent"])

    @property
    def day(self) -> date:
        """From which day on."""
        return cast(date, self.cleaned_data["on"])


class Close(RefusableForm):
    """From which day on nobody works here."""

    on = DayField(label=_("From the day"), widget=day_input())
