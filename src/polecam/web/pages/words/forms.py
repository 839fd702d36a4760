"""The form of the house's words: one sentence in both languages, each with its exit line."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from polecam.actions.words_checks import LONGEST, LONGEST_EXIT, Place, Said
from polecam.asking.words import LANGUAGES
from polecam.web.pages.today import why
from polecam.web.pages.today.forms import CHANNELS, RELATIONS


def _text(label: object, longest: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class HouseForm(forms.Form):
    """What is said, to whom it suits, and how the client may say no."""

    kind = forms.ChoiceField(label=gettext_lazy("At which moment?"), required=False)
    channel = forms.ChoiceField(
        label=pgettext_lazy("channel of an ask", "How?"),
        required=False,
        choices=CHANNELS,
    )
    relation = forms.ChoiceField(
        label=pgettext_lazy("relation", "To whom?"),
        required=False,
        choices=RELATIONS,
    )
    text_pl = _text(gettext_lazy("In Polish"), LONGEST, 3)
    exit_line_pl = _text(gettext_lazy("The way out, in Polish"), LONGEST_EXIT, 2)
    text_en = _text(gettext_lazy("In English"), LONGEST, 3)
    exit_line_en = _text(gettext_lazy("The way out, in English"), LONGEST_EXIT, 2)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = {**why.nouns()}
        now = self.initial.get("kind", "")
        if now and now not in known:  # a moment the firm no longer uses
            known[now] = why.title(now)
        self.fields["kind"].choices = [("", _("Any moment")), *known.items()]  # type: ignore[attr-defined]

    def place(self) -> Place:
        """What the words are for."""
        data = self.cleaned_data
        return Place(data["kind"], data["channel"], data["relation"])

    def texts(self) -> dict[str, Said]:
        """The words in both languages."""
        data = self.cleaned_data
        return {code: Said(data[f"text_{code}"], data[f"exit_line_{code}"]) for code in LANGUAGES}
