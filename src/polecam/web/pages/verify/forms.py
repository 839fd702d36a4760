"""What is pasted on the page that checks receipts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.claims.slip_check import LONGEST


class Pasted(forms.Form):
    """A receipt's text, and what somebody kept of the day's root."""

    text = forms.CharField(
        label=_("Text of the receipt"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": _("Paste the text of a receipt."),
            "max_length": _("This is far too long for a receipt."),
        },
    )
    root = forms.CharField(
        label=_("Root of that day, from your mail"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"max_length": _("This is far too long for a root.")},
    )
