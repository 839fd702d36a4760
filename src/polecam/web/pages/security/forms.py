"""Forms of one's own sign-in, and of the admin who helps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.signin.models import Outcome
from polecam.web.pages.entry.forms import Code
from polecam.web.pages.security.words import HOW, OUTCOMES


class Password(forms.Form):
    """The password once more."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class App(Code):
    """The first code of an app, and how the person calls it."""

    name = forms.CharField(label=_("What you call it"), max_length=60, required=False)
    field_order = ("code", "name")


class Passkey(forms.Form):
    """How the person calls a passkey."""

    name = forms.CharField(label=_("What you call it"), max_length=60, required=False)


class Reset(forms.Form):
    """How the admin made sure who asks."""

    how = forms.ChoiceField(
        label=_("How you made sure that it is them"), choices=HOW, widget=forms.RadioSelect
    )


class Filter(forms.Form):
    """Whose sign-ins, and with which outcome."""

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(code, OUTCOMES[code]) for code in Outcome.values]
        self.fields["person"] = forms.ChoiceField(
            label=_("Person"), required=False, choices=[("", _("everybody")), *people]
        )
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Outcome"), required=False, choices=[("", _("every outcome")), *outcomes]
        )
