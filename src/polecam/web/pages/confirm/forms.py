"""What whoever confirms types: reasons, words, a file."""

from django import forms
from django.utils.translation import gettext_lazy

from polecam.web.ui import referral_labels as labels


class VoidForm(forms.Form):
    """Why a sale does not count."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does it not count?"),
        choices=list(labels.VOID.items()),
        widget=forms.RadioSelect,
    )


class ComplaintForm(forms.Form):
    """What the complaint is about."""

    ground = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=list(labels.GROUNDS.items()),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """Upheld or rejected, and why."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("yes", gettext_lazy("Upheld: the unpaid amount lapses")),
            ("no", gettext_lazy("Rejected: nothing changes")),
        ],
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label=gettext_lazy("Why"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )


class FileForm(forms.Form):
    """The firm's sales file."""

    file = forms.FileField(
        label=gettext_lazy("Sales file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
