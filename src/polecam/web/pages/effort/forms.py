"""Forms of one's own time: one tap, and what another source earned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.effort.models import Effort, Source
from polecam.effort.rules import DAY_MINUTES

SOURCES = [
    (Source.REFERRAL, _("Referrals")),
    (Source.WALK_IN, _("Walk-in clients")),
    (Source.ADVERT, _("Adverts")),
    (Source.COLD_CALL, _("Cold calls")),
    (Source.OWN_CLIENT, _("Own clients")),
    (Source.OTHER, _("Something else")),
]
FELT = [("", _("not said")), (Effort.EASY, _("easy")), (Effort.HARD, _("hard"))]


class TimeForm(forms.Form):
    """What the time went to and how it felt; the minutes are the button that sends it."""

    source = forms.ChoiceField(
        label=_("What for?"), choices=SOURCES, initial=Source.REFERRAL, widget=forms.RadioSelect
    )
    effort = forms.ChoiceField(
        label=_("How did it feel?"), choices=FELT, required=False, widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(required=False, min_value=1, max_value=DAY_MINUTES)


class FeltForm(forms.Form):
    """How the measured time felt."""

    effort = forms.ChoiceField(
        label=_("How did it feel?"), choices=FELT, required=False, widget=forms.RadioSelect
    )


class IncomeForm(forms.Form):
    """What each other source earned in one month, as far as one wants to tell."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for source, label in SOURCES:
            if source != Source.REFERRAL:
                self.fields[str(source)] = forms.DecimalField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_digits=9,
                    decimal_places=2,
                    localize=True,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                )

    @property
    def grosze(self) -> dict[str, int | None]:
        """Amounts by source; None where nothing was told. Call after is_valid()."""
        return {
            source: None if amount is None else int(amount * 100)
            for source, amount in self.cleaned_data.items()
        }
