"""What people type about a dispute. Forms parse; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy

from polecam.claims.disputes.rules import LONGEST_STATEMENT, LONGEST_WORDS
from polecam.web.pages.referrals.forms import RefusableForm
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui.percent import PercentField


def text_area(rows: int = 4) -> forms.Textarea:
    """A few lines of words."""
    return forms.Textarea(attrs={"rows": rows})


class RaiseForm(RefusableForm):
    """How much should be mine, and (by the button) what does not add up."""

    claimed = PercentField(
        label=gettext_lazy("How much should be yours, in %"), refusal="dispute_part"
    )
    note = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=LONGEST_STATEMENT,
        required=False,
        widget=text_area(3),
    )
    reason = forms.ChoiceField(choices=list(labels.REASONS.items()))


class WordsForm(RefusableForm):
    """How a party sees it."""

    words = forms.CharField(
        label=gettext_lazy("How do you see it?"), max_length=LONGEST_STATEMENT, widget=text_area()
    )


class AppealForm(RefusableForm):
    """Why somebody else should look again."""

    words = forms.CharField(
        label=gettext_lazy("What was not seen?"), max_length=LONGEST_STATEMENT, widget=text_area()
    )


class DecisionForm(RefusableForm):
    """The decision, its rule, its words. `seen`: the choice whose effect was shown."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=list(labels.OUTCOMES.items()),
        widget=forms.RadioSelect,
    )
    part = PercentField(
        label=gettext_lazy("How much should it be, in %"), required=False, refusal="dispute_part"
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("The rule you apply"),
        choices=list(labels.RULES.items()),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In your words"), max_length=LONGEST_WORDS, widget=text_area(5)
    )
    seen = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)
