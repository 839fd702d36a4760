"""Forms of the notebook and of repairs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.asking.models import RepairReason
from polecam.asking.setbacks import LONGEST

ABOUT = [
    ("refused", _("A refusal")),
    ("no_show", _("Somebody did not come")),
    ("not_wanted", _("The friend was not interested")),
    ("given_away", _("I had to give a client away")),
    ("harsh", _("Harsh words")),
    ("other", _("Something else")),
]
REACTED = [
    (RepairReason.ANNOYED, _("Was annoyed by the question")),
    (RepairReason.TOO_OFTEN, _("Feels asked too often")),
    (RepairReason.FRIEND_COMPLAINED, _("Their friend was not happy")),
    (RepairReason.OTHER, _("Something else")),
]


def _lines(label: object, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PageForm(forms.Form):
    """One page: what it was about, what happened, and an if-then plan."""

    kind = forms.ChoiceField(
        label=_("What was it about?"), choices=ABOUT, initial="refused", widget=forms.RadioSelect
    )
    what = _lines(_("What happened, in your own words"), 3)
    when_next = _lines(_("When it happens again..."), 2)
    then_do = _lines(_("...then I will"), 2)


class RepairForm(forms.Form):
    """How the client reacted; no cause in free text is kept about a client."""

    reason = forms.ChoiceField(
        label=_("How did the client react?"), choices=REACTED, widget=forms.RadioSelect
    )
