"""What the boss types: how much to divide, who made whom ready. Forms parse; actions decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from polecam.people.models import Person
from polecam.web.pages.referrals.forms import GroszeField, RefusableForm


class DivideForm(RefusableForm):
    """An amount of the pool."""

    amount = GroszeField(
        label=gettext_lazy("How much to divide, gross"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class CoachingForm(RefusableForm):
    """Two colleagues."""

    mentor = forms.ChoiceField(label=gettext_lazy("Who helped?"))
    colleague = forms.ChoiceField(label=gettext_lazy("Who can ask on their own now?"))

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {person.public_id: person for person in people}
        names = [("", "—"), *((key, one.full_name) for key, one in self.people.items())]
        for name in ("mentor", "colleague"):
            self.fields[name].choices = names  # type: ignore[attr-defined]
