"""The one form a friend sees: how, when, and to what they agree. Nothing is chosen for them."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.privacy import wordings
from polecam.store.fields import new_public_id
from polecam.web.ui import format as fmt
from polecam.web.ui.refusals import sentence_of

CHANNELS = [
    ("phone", gettext_lazy("Phone")),
    ("email", gettext_lazy("E-mail")),
    ("visit", gettext_lazy("A visit")),
]
TIMES = [("9-12", "9:00–12:00"), ("12-16", "12:00–16:00"), ("16-19", "16:00–19:00")]
AGREEMENTS = ("phone", "sms", "email")
BOXES = (*(f"agree_{channel}" for channel in AGREEMENTS), "other_offers", "may_tell")
DAYS_SHOWN = 3
DAYS_AHEAD = 60
SATURDAY = 5


class Answer(forms.Form):
    """What the friend says. Rules live in `actions.privacy.consent`; this only reads."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    channel = forms.ChoiceField(
        label=gettext_lazy("How do you prefer to talk?"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three, please.")},
    )
    day = forms.CharField(
        label=gettext_lazy("When?"), required=False, widget=forms.RadioSelect, max_length=10
    )
    time = forms.ChoiceField(
        label=gettext_lazy("At what time?"),
        choices=TIMES,
        required=False,
        widget=forms.RadioSelect,
    )
    first_name = forms.CharField(
        label=gettext_lazy("Your first name"),
        max_length=60,
        error_messages={"required": gettext_lazy("Tell us what to call you.")},
    )
    last_name = forms.CharField(label=gettext_lazy("Your last name"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Your number"), max_length=30, required=False)
    email = forms.CharField(label=gettext_lazy("Your e-mail"), max_length=254, required=False)
    agree_phone = forms.BooleanField(required=False)
    agree_sms = forms.BooleanField(required=False)
    agree_email = forms.BooleanField(required=False)
    other_offers = forms.BooleanField(required=False)
    may_tell = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, words: dict[str, str], at: datetime, zone: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = day_of(at, zone)
        self.fields["key"].initial = new_public_id()
        self.fields["read"].initial = self.shown = wordings.read(words.values())
        self.fields["day"].widget.choices = [
            *((day.isoformat(), fmt.weekday(day)) for day in next_days(self.today)),
            ("other", _("another day")),
        ]
        for name in BOXES:
            title, _newline, note = words[name.removeprefix("agree_")].partition("\n")
            self.fields[name].label, self.fields[name].help_text = fmt.tie(title), fmt.tie(note)
        hints = {"first_name": "given-name", "last_name": "family-name", "email": "email"}
        for name, autocomplete in hints.items():
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        self.fields["phone"].widget.attrs |= {
            "type": "tel",
            "inputmode": "tel",
            "autocomplete": "tel",
        }
        self.fields["email"].widget.attrs["inputmode"] = "email"

    def clean_day(self) -> date | None:
        """The day, or None for another one; a day long gone or far ahead is no day."""
        try:
            day = date.fromisoformat(self.cleaned_data["day"])
        except ValueError:
            return None
        return day if self.today <= day <= self.today + timedelta(days=DAYS_AHEAD) else None

    def clean(self) -> None:
        """What is stored is what was read: in another language, or once the names are gone, the
        boxes say something else, and are ticked anew.
        """
        if self.cleaned_data.get("read") in ("", None, self.shown):
            return
        kept = {name: value for name, value in self.data.items() if name not in BOXES}
        self.data = {**kept, "read": self.shown}
        self.add_error(None, sentence_of(Refused("words_changed")))

    def said(self) -> dict[str, Any]:
        """Keyword arguments for `actions.privacy.consent`."""
        data = self.cleaned_data
        channels = [channel for channel in AGREEMENTS if data[f"agree_{channel}"]]
        if data["channel"] == "visit":
            channels.append("visit")
        kept = ("first_name", "last_name", "phone", "email", "day", "time", "key")
        return {
            **{name: data[name] for name in (*kept, "other_offers", "may_tell")},
            "channels": channels,
            "preferred": data["channel"],
        }

    def refuse(self, error: Refused) -> None:
        """Say a refusal next to its field; a missing consent next to its box.

        Whoever went back and changed their answer sends a new one: the form gets a new key.
        """
        if error.code == "key_reused":
            self.data = {**self.data, "key": new_public_id()}
            self.add_error(None, _("Your answer is saved already. Send it again to change it."))
            return
        field = error.field or None
        if error.code in ("channel_needs_consent", "channel_missing"):
            field = f"agree_{self.cleaned_data['channel']}"
        self.add_error(field if field in self.fields else None, sentence_of(error))


def next_days(today: date) -> list[date]:
    """The next working days, from tomorrow."""
    ahead = (today + timedelta(days=n) for n in range(1, 8))
    return [day for day in ahead if day.weekday() < SATURDAY][:DAYS_SHOWN]
