"""A field for a part of a whole, as people type it."""

from typing import Any

from django import forms

from polecam.kit.errors import Refused
from polecam.kit.percents import basis_points
from polecam.web.ui.refusals import sentence_of


class PercentField(forms.CharField):
    """`30`, `12,5`, `33.33 %`, cleaned to basis points; nothing typed, where it may be, is 0.

    `refusal`: the code whose sentence says what is wrong with anything else.
    """

    def __init__(self, *, refusal: str = "share_percent", **more: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **more)
        self.refusal = refusal

    def clean(self, value: Any) -> int:
        """Raises ValidationError for what is no part of a whole; what was typed stays."""
        typed = super().clean(value)
        bp = basis_points(typed) if typed.strip() else 0
        if bp is None:
            raise forms.ValidationError(sentence_of(Refused(self.refusal)))
        return bp
