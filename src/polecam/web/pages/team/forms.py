"""The form of a praise."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.recognition.rules import LONGEST


class GivePraise(forms.Form):
    """To whom, and what you saw."""

    receiver = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What did you see?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["receiver"]).choices = colleagues
