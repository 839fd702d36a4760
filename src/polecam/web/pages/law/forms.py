"""A balancing test in four parts, and the officer's word on it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Write(forms.Form):
    """The four questions of GDPR 6(1)(f), in plain words."""

    title = forms.CharField(
        label=_("Campaign"),
        max_length=120,
        help_text=_("What is done, and for whom: one line."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    interest = forms.CharField(
        label=_("What do we want, and why is it legitimate?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    necessity = forms.CharField(
        label=_("Is there no gentler way?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    balance = forms.CharField(
        label=_("What does it mean for the people concerned? Do they expect it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    safeguards = forms.CharField(
        label=_("What protects them?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Sign(forms.Form):
    """Signed, a version never changes."""

    passes = forms.ChoiceField(
        label=_("Their interests weigh less, and the campaign may be done"),
        choices=[("yes", _("Yes, it may")), ("no", _("No, it may not"))],
        widget=forms.RadioSelect,
    )
    review_on = forms.DateField(
        label=_("Next look"),
        help_text=_("Within two years; sooner if something changes."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
