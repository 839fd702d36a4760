"""Among whom a portfolio is divided, and how many each gets."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.people.models import Person


class Among(forms.Form):
    """The colleagues who take over, and whether the giver leaves."""

    to = forms.MultipleChoiceField(
        label=_("Among whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one colleague.")},
    )
    why = forms.ChoiceField(
        label=_("Why"),
        widget=forms.RadioSelect,
        choices=[("division", _("stays in the branch")), ("leaving", _("leaves the firm"))],
    )

    def __init__(self, *args: Any, people: Sequence[Person], gone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        choices = [(person.public_id, person.full_name) for person in people]
        cast(forms.MultipleChoiceField, self.fields["to"]).choices = choices
        self.fields["to"].initial = [key for key, _name in choices]
        if gone:
            del self.fields["why"]

    @property
    def chosen(self) -> list[Person]:
        """The colleagues; call after is_valid()."""
        return [self.people[key] for key in self.cleaned_data["to"]]

    @property
    def leaving(self) -> bool:
        """Whether the giver leaves, or has left."""
        return self.cleaned_data.get("why", "leaving") == "leaving"


class Counts(forms.Form):
    """How many clients each colleague gets."""

    def __init__(
        self, *args: Any, people: Sequence[Person], now: dict[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for person in self.people:
            self.fields[self.name(person)] = forms.IntegerField(
                label=person.full_name,
                min_value=0,
                max_value=1_000_000,
                initial=now.get(person.pk, 0),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @staticmethod
    def name(person: Person) -> str:
        """The field of a colleague."""
        return f"n_{person.public_id}"

    @property
    def counts(self) -> dict[Person, int]:
        """Clients for each; call after is_valid()."""
        return {person: self.cleaned_data[self.name(person)] for person in self.people}
