"""What the holder types about a referral. Forms parse; the actions decide."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from polecam.imports import cells
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.ui import format as fmt
from polecam.web.ui import referral_labels as labels
from polecam.web.ui.refusals import sentence_of

Choices = list[tuple[str, Any]]


def choices(names: labels.Labels, *only: str) -> Choices:
    """(code, name) pairs, of some codes if given."""
    return [(code, name) for code, name in names.items() if not only or code in only]


class GroszeField(forms.CharField):
    """An amount as people type it (`6 400,00`, `6400.5 zł`), cleaned to grosze."""

    def clean(self, value: Any) -> int:
        """Raises ValidationError for what is no amount; what was typed stays in the form."""
        typed = super().clean(value)
        try:
            grosze = cells.grosze(typed, fmt.currency())
        except cells.BadCell:
            grosze = None
        if grosze is None:
            raise forms.ValidationError(sentence_of(Refused("sale_amount")))
        return grosze


class DayField(forms.DateField):
    """A day of our time: one before or after it was mistyped, and no clock could reckon with it."""

    def to_python(self, value: Any) -> date | None:
        """Raises ValidationError, with Django's own words, for a day of another century."""
        found: date | None = super().to_python(value)
        if found is not None and not 1900 <= found.year < 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def day_input(**attrs: str) -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class RefusableForm(forms.Form):
    """A form that shows the refusal of an action beside the field at fault.

    `beside`: where a refusal's field goes when the form calls it otherwise.
    """

    beside: dict[str, str] = {}

    def refuse(self, error: Refused) -> None:
        """Keep what was typed and say why it was not taken; a missing permission is no mistake."""
        if isinstance(error, NotAllowed):
            raise error
        field = self.beside.get(error.field, error.field)
        self.add_error(field if field in self.fields else None, sentence_of(error))


class ContactForm(RefusableForm):
    """How an attempt to reach the friend went."""

    result = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=choices(labels.RESULTS),
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=gettext_lazy("How?"), widget=forms.RadioSelect)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, channels: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        calling = [code for code in ("phone", "sms", "email") if code in channels]
        field.choices = choices(labels.CHANNELS, *calling) if calling else []  # type: ignore[attr-defined]
        if calling:
            field.initial = calling[0]


class MeetingForm(RefusableForm):
    """When to meet."""

    beside = {"meeting_at": "day"}

    day = forms.DateField(label=gettext_lazy("Day"), widget=day_input())
    hour = forms.TimeField(
        label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def at(self, zone: ZoneInfo) -> datetime:
        """The instant, on the clocks of the organisation."""
        day: date = self.cleaned_data["day"]
        hour: time = self.cleaned_data["hour"]
        return datetime.combine(day, hour, zone)


class StepForm(RefusableForm):
    """What comes next, and when to be reminded."""

    step = forms.ChoiceField(
        label=gettext_lazy("What comes next?"),
        choices=choices(labels.STEPS),
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=gettext_lazy("Remind me on"), widget=day_input())


class LostForm(RefusableForm):
    """Why it came to nothing."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[pair for pair in choices(labels.LOST) if pair[0] != "sale_void"],
        widget=forms.RadioSelect,
    )


class WonForm(RefusableForm):
    """The sale, as its seller reports it."""

    value = GroszeField(label=gettext_lazy("Value of the contract"), max_length=24)
    margin = GroszeField(label=gettext_lazy("Margin"), max_length=24)
    sold_on = forms.DateField(label=gettext_lazy("Sold on"), widget=day_input())
    contract = forms.CharField(label=gettext_lazy("Contract number"), max_length=40, required=False)
    late_reason = forms.ChoiceField(
        label=gettext_lazy("Why only now?"),
        choices=choices(labels.LATE),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.late = late

    def refuse(self, error: Refused) -> None:
        """A sale of long ago needs a reason: from now on the form asks for it."""
        self.late = self.late or error.code == "sale_backdated"
        super().refuse(error)


def typed_amount(grosze: int) -> str:
    """An amount as the form shows it again: `6 400,00`."""
    zloty, rest = divmod(grosze, 100)
    return f"{fmt.number(zloty)},{rest:02}"
