"""Forms of the outbox and of the words of messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.messages.models import Medium
from polecam.messages.words import LONGEST_BODY, LONGEST_SMS, LONGEST_SUBJECT
from polecam.web.pages.mailing import words


class Again(forms.Form):
    """Why a message is sent once more."""

    reason = forms.ChoiceField(
        label=_("Why once more?"), choices=list(words.AGAIN.items()), widget=forms.RadioSelect
    )


class Aside(forms.Form):
    """Why it is put aside."""

    reason = forms.ChoiceField(
        label=_("Why put aside?"), choices=list(words.ASIDE.items()), widget=forms.RadioSelect
    )
    prefix = "aside"


class Text(forms.Form):
    """The firm's own words of a message; a text message has no subject."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, medium: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["body"]
        text.widget.attrs["maxlength"] = LONGEST_BODY
        if medium == Medium.SMS:
            del self.fields["subject"]
            text.widget.attrs.update(rows=6, maxlength=LONGEST_SMS)

    @property
    def said(self) -> dict[str, str]:
        """Subject and body as typed; call after is_valid()."""
        return {"subject": self.cleaned_data.get("subject", ""), "body": self.cleaned_data["body"]}
