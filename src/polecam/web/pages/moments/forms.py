"""Forms of the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.asking.models import DateRule, MomentType
from polecam.asking.named import LONGEST_SENTENCE, LONGEST_TITLE, MOST_DAYS, Wanted

STRENGTHS = [(str(n), str(n)) for n in range(1, 6)]
SIGNS = [("good", _("A good moment to ask")), ("wrong", _("A wrong moment"))]


class KindForm(forms.Form):
    """A kind of moment: its names, its sentence, how strong and how long."""

    title_pl = forms.CharField(label=_("Name in Polish"), max_length=LONGEST_TITLE)
    title_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_TITLE)
    sentence_pl = forms.CharField(
        label=_("Why now, in Polish"),
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sentence_en = forms.CharField(
        label=_("Why now, in English"),
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    strength = forms.ChoiceField(
        label=_("How strong a reason"),
        choices=STRENGTHS,
        initial="3",
        required=False,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=MOST_DAYS, required=False
    )
    used = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, good: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].required = good
        if not good:
            for name in ("sentence_pl", "sentence_en", "strength"):
                del self.fields[name]

    def wanted(self) -> Wanted:
        """What the form says."""
        data = self.cleaned_data
        return Wanted(
            title_pl=data["title_pl"],
            title_en=data["title_en"],
            sentence_pl=data.get("sentence_pl", ""),
            sentence_en=data.get("sentence_en", ""),
            strength=int(data.get("strength") or 3),
            days=data["days"],
            used=data["used"],
        )


class NewKindForm(KindForm):
    """A kind of the firm's own."""

    sign = forms.ChoiceField(
        label=_("Which of the two?"), choices=SIGNS, initial="good", widget=forms.RadioSelect
    )
    used = None  # type: ignore[assignment]
    field_order = ["sign"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].required = False  # a wrong one may do without; the rules ask a good one

    def wanted(self) -> Wanted:
        """What the form says; a wrong one has neither strength nor sentence."""
        self.cleaned_data["used"] = True
        if self.cleaned_data["sign"] == "wrong":
            self.cleaned_data |= {"strength": "3", "sentence_pl": "", "sentence_en": ""}
        return super().wanted()


def start_of(row: MomentType) -> dict[str, object]:
    """What the form begins with."""
    names = ("title_pl", "title_en", "sentence_pl", "sentence_en", "days", "used")
    return {**{name: getattr(row, name) for name in names}, "strength": str(row.strength)}


class DateForm(forms.Form):
    """A rule on dates: how far from the date, and whether it is used."""

    days = forms.IntegerField(label=_("Days from the date"), min_value=0, max_value=730)
    used = forms.BooleanField(label=_("In use"), required=False)

    def offset(self, rule: DateRule) -> int:
        """Days before a renewal are negative, all others count onwards."""
        days: int = self.cleaned_data["days"]
        return -days if rule.offset_days < 0 else days
