"""Forms of Today."""

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.web.pages.today import why

GOALS = (1, 2, 3, 4, 5, 6, 8, 10)


class GoalForm(forms.Form):
    """The own weekly goal."""

    goal = forms.TypedChoiceField(
        label=_("How many asks in seven days?"),
        choices=[(n, str(n)) for n in GOALS],
        coerce=int,
        widget=forms.RadioSelect,
    )


class WordsForm(forms.Form):
    """A sentence of one's own, always with a way out for the client."""

    kind = forms.ChoiceField(label=_("At which moment?"), required=False)
    text = forms.CharField(
        label=_("What I say"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )
    exit_line = forms.CharField(label=_("And how the client may say no"), max_length=160)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [("", _("Any moment")), *why.nouns().items()]  # type: ignore[attr-defined]
