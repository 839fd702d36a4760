"""What the officer types about a request."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.privacy.models import Came
from polecam.web.pages.privacy.labels import CAME, OUTCOMES, REQUESTS


class Note(forms.Form):
    """What came, from whom, when."""

    kind = forms.ChoiceField(
        label=_("What the person asks for"),
        choices=list(REQUESTS.items()),
        widget=forms.RadioSelect,
    )
    came = forms.ChoiceField(
        label=_("It came"),
        choices=[(code, label) for code, label in CAME.items() if code != Came.OWN_PAGE],
        widget=forms.RadioSelect,
    )
    who = forms.CharField(
        label=_("Who asks, as the letter says it"),
        help_text=_("Name, and where to answer. It goes once the request is done."),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    received_on = forms.DateField(
        label=_("Day on which it came"),
        help_text=_("The month is counted from here."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class Find(forms.Form):
    """Whose it is: the whole name, number or address."""

    who = forms.CharField(
        label=_("Full name, phone or e-mail"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class Extend(forms.Form):
    """Two more months, once."""

    why = forms.CharField(label=_("Reason, as the person is told it"), max_length=200)


class Finish(forms.Form):
    """What became of it."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("a request", "What became of it"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Reason, if it is refused"), max_length=200, required=False)


class Correct(forms.Form):
    """The name put right."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
