"""The sheet's form: one of four answers, a first name, a need, a date. Never a number."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.referrals.rules import LONGEST_WORDS, NEEDS

NEED_LABELS = {
    "home": _("Looking for a home"),
    "firm": _("Starting a firm"),
    "moving": _("Moving"),
    "car": _("Buying a car"),
    "saving": _("Wants to save"),
    "insurance": _("Insuring something"),
    "other": _("Something else"),
}
LATER = (("14", _("in two weeks")), ("30", _("in a month")), ("90", _("in three months")))
"""Days ahead; a date of the client's own counts before them."""


class NameForm(forms.Form):
    """Whom the client named: a first name and, if known, a need."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    first_name = forms.CharField(label=_("Whom?"), required=False)
    need = forms.ChoiceField(
        label=_("On what occasion?"),
        required=False,
        choices=[(need, NEED_LABELS[need]) for need in NEEDS],
        widget=forms.RadioSelect,
    )


class SheetForm(NameForm):
    """What the client answered, with the details of that answer only."""

    outcome = forms.ChoiceField(
        label=_("The client's answer"),
        choices=[
            ("names", _("Recommends someone")),
            ("pass_on", _("Will pass it on")),
            ("later", _("Maybe later")),
            ("declined", _("Not this time")),
        ],
        widget=forms.RadioSelect,
    )
    later = forms.ChoiceField(
        label=_("When shall we remind you?"),
        required=False,
        choices=LATER,
        widget=forms.RadioSelect,
    )
    later_on = forms.DateField(
        label=_("or on the client's own date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def due_on(self, today: date) -> date | None:
        """The date of a follow-up: the client's own, else so many days ahead."""
        own: date | None = self.cleaned_data.get("later_on")
        days = self.cleaned_data.get("later")
        return own or (today + timedelta(days=int(days)) if days else None)


class WordsForm(forms.Form):
    """The text that goes with the link, in the language of whoever gets it."""

    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=[("pl", "Polski"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Text of the invitation"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
