"""Forms of Today."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.asking.models import AskChannel, Relation
from polecam.web.pages.today import why

CHANNELS = [
    ("", pgettext_lazy("channel of an ask", "Spoken, anyhow")),
    (AskChannel.TALK, pgettext_lazy("channel of an ask", "In a talk")),
    (AskChannel.PHONE, pgettext_lazy("channel of an ask", "On the phone")),
    (AskChannel.MESSAGE, pgettext_lazy("channel of an ask", "In a message")),
]
RELATIONS = [
    ("", _("Anybody")),
    (Relation.NEW, pgettext_lazy("relation", "A new client")),
    (Relation.LONG, _("We have known each other long")),
    (Relation.INTRODUCED, _("Came by recommendation")),
]
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
    channel = forms.ChoiceField(
        label=pgettext_lazy("channel of an ask", "How?"), required=False, choices=CHANNELS
    )
    relation = forms.ChoiceField(
        label=pgettext_lazy("relation", "To whom?"), required=False, choices=RELATIONS
    )
    text = forms.CharField(
        label=_("What I say"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )
    exit_line = forms.CharField(label=_("And how the client may say no"), max_length=160)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [("", _("Any moment")), *why.nouns().items()]  # type: ignore[attr-defined]
