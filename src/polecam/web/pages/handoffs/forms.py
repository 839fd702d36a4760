"""What is typed about a hand-off, an absence, and one's own skills. Forms parse; actions decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from polecam.claims.handoffs.rules import LONGEST_NOTE, Wanted
from polecam.people.models import Person
from polecam.people.rules import LANGUAGES_SPOKEN
from polecam.referrals.rules import NEEDS
from polecam.web.pages.referrals.forms import RefusableForm, choices, day_input
from polecam.web.ui import handoff_words as words
from polecam.web.ui.percent import PercentField

ANYONE = "anyone"
NOTHING = gettext_lazy("does not matter")


def typed_percent(bp: int) -> str:
    """As the form shows it again: `66,67`."""
    whole, rest = divmod(bp, 100)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",")


class WhoForm(RefusableForm):
    """To whom, and why."""

    to = forms.ChoiceField(label=gettext_lazy("To whom?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=pgettext_lazy("reason of a hand-off", "Why?"),
        choices=choices(words.KINDS),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    product = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Town"), required=False)

    def __init__(
        self, *args: Any, colleagues: Iterable[Person], places: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in colleagues}
        named = [(key, person.full_name) for key, person in self.people.items()]
        self._offer("to", [(ANYONE, _("Whoever fits")), *named])
        self._offer("language", [("", NOTHING), *choices(words.LANGUAGES, *LANGUAGES_SPOKEN)])
        self._offer("product", [("", NOTHING), *choices(words.SUBJECTS, *NEEDS)])
        self._offer("place", [("", NOTHING), *((town, town) for town in places)])

    def _offer(self, name: str, pairs: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = pairs  # type: ignore[attr-defined]

    @property
    def receiver(self) -> Person | None:
        """The colleague; None for whoever fits."""
        return self.people.get(self.cleaned_data["to"])

    @property
    def wanted(self) -> Wanted:
        """Whom it would fit."""
        data = self.cleaned_data
        return Wanted(data["language"], data["product"], data["place"])


class SplitForm(RefusableForm):
    """The split, the floor and a word with it."""

    kept = PercentField(label=gettext_lazy("You keep"))
    floor = PercentField(label=gettext_lazy("The author’s floor"))
    note = forms.CharField(
        label=gettext_lazy("A word to your colleague"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, splits: bool = True, notes: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not splits:
            del self.fields["kept"], self.fields["floor"]
        if not notes:
            del self.fields["note"]
        for name in ("kept", "floor"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}


class AwayForm(RefusableForm):
    """Who is away, from when, back when, and who stands in."""

    person = forms.ChoiceField(label=gettext_lazy("Who is away?"))
    since = forms.DateField(label=gettext_lazy("First day away"), widget=day_input())
    until = forms.DateField(label=gettext_lazy("Back on"), widget=day_input())
    cover = forms.ChoiceField(label=gettext_lazy("Who stands in?"), required=False)

    def __init__(
        self, *args: Any, may_be_away: list[Person], covers: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {p.public_id: p for p in (*may_be_away, *covers)}
        rows = [(p.public_id, p.full_name) for p in may_be_away]
        self.fields["person"].choices = rows  # type: ignore[attr-defined]
        if len(rows) == 1:
            self.fields["person"].widget = forms.HiddenInput()
            self.fields["person"].initial = rows[0][0]
        nobody = ("", _("Nobody, it waits"))
        own = [(p.public_id, p.full_name) for p in covers]
        self.fields["cover"].choices = [nobody, *own]  # type: ignore[attr-defined]

    @property
    def plan(self) -> dict[str, Any]:
        """Keyword arguments of `actions.absences.plan`."""
        data = self.cleaned_data
        return {
            "person": self.people[data["person"]],
            "since": data["since"],
            "until": data["until"],
            "cover": self.people.get(data["cover"]),
        }


class SkillsForm(RefusableForm):
    """What colleagues may hand to me."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages besides Polish"),
        choices=choices(words.LANGUAGES, *LANGUAGES_SPOKEN),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Subjects you know best"),
        choices=choices(words.SUBJECTS, *NEEDS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.CharField(
        label=gettext_lazy("Towns where you are often"), required=False, max_length=400
    )
