"""What a client writes on their page: their own words, and one box for each message to them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from polecam.actions.client_consents import CODES
from polecam.privacy import wordings
from polecam.store.fields import new_public_id


class WordsForm(forms.Form):
    """The text that goes with each link. Rules live in `actions.card_links.reword`."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the language of the text.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnotherForm(forms.Form):
    """One more link; the key makes the same form sent twice one link."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_public_id()


class MessagesForm(forms.Form):
    """One unticked box for each (purpose, channel) the client may agree to."""

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, offered: dict[tuple[str, str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].initial = self.shown = wordings.read(offered.values())
        for (purpose, channel), text in offered.items():
            title, _newline, note = text.partition("\n")
            self.fields[CODES[purpose, channel]] = forms.BooleanField(
                label=title, help_text=note, required=False
            )

    def as_read(self) -> bool:
        """Whether the page that was sent showed these words, in this language."""
        return self.cleaned_data.get("read") in ("", None, self.shown)

    def ticked(self) -> list[tuple[str, str]]:
        """What the client agreed to now: (purpose, channel)."""
        return [pair for pair, code in CODES.items() if self.cleaned_data.get(code)]
