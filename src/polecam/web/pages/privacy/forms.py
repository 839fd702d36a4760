"""Whom the officer looks for, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.actions.privacy import REASONS

LABELS = {
    "access": _("The person asks what we know"),
    "erasure": _("The person asks to be erased"),
    "correction": _("The person asks for a correction"),
    "objection": _("The person objects"),
    "complaint": _("A complaint"),
    "audit": _("An audit"),
}


class Search(forms.Form):
    """The whole name, number or address: parts and lists find nothing."""

    who = forms.CharField(
        label=_("Full name, phone or e-mail"),
        help_text=_("Exactly as the person gives it. There is no list to browse."),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=_("Why do you look?"),
        choices=[(code, LABELS[code]) for code in REASONS],
        widget=forms.RadioSelect,
        help_text=_("The reason and your name stay in the journal."),
    )


class Erase(forms.Form):
    """A second thought before something that cannot be undone."""

    sure = forms.BooleanField(
        label=_("I checked that this is the right person"),
        help_text=_("Erasing cannot be undone. Amounts and authorship stay, without a name."),
    )


class Object(forms.Form):
    """A second thought before everything stops."""

    sure = forms.BooleanField(
        label=_("I checked that this is the right person"),
        help_text=_("It cannot be undone: nobody can enter this number or address again."),
    )
