"""What an admin types about rewards, and whoever decides. Forms parse; the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.web.pages.referrals.forms import GroszeField, RefusableForm
from polecam.web.pages.rewards import words
from polecam.web.ui.refusals import sentence_of

DIGITS = 6


class StockField(forms.CharField):
    """How many are left; empty: as many as wanted."""

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError for what is no whole number; what was typed stays."""
        typed = "".join(super().clean(value).split())
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS):
            raise forms.ValidationError(sentence_of(Refused("reward_stock")))
        return int(typed)


def _number(label: Any, *, required: bool = True) -> dict[str, Any]:
    attrs = {"inputmode": "decimal", "autocomplete": "off"}
    return {"label": label, "required": required, "widget": forms.TextInput(attrs=attrs)}


class RewardForm(RefusableForm):
    """One reward of the catalogue."""

    title_pl = forms.CharField(label=gettext_lazy("Name in Polish"), max_length=80)
    title_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80)
    side = forms.ChoiceField(
        label=gettext_lazy("Whom is it for?"),
        choices=list(words.SIDES.items()),
        widget=forms.RadioSelect,
        initial="friend",
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Given after what?"),
        choices=list(words.OUTCOMES.items()),
        widget=forms.RadioSelect,
        initial="talk",
    )
    value = GroszeField(**_number(gettext_lazy("Worth, for each who gets it")))
    stock = StockField(**_number(gettext_lazy("How many are there?"), required=False))
    tax_class = forms.ChoiceField(
        label=gettext_lazy("Tax class"), choices=list(words.TAX.items()), initial="unset"
    )
    branch = forms.ChoiceField(label=gettext_lazy("Where is it offered?"), required=False)
    at_once = forms.BooleanField(
        label=gettext_lazy("Approved at once, while budget and stock last"), required=False
    )

    def __init__(self, *args: Any, branches: list[Branch], **more: Any) -> None:
        super().__init__(*args, **more)
        self.branches = {one.public_id: one for one in branches}
        named = [("", _("in the whole firm")), *((k, one.name) for k, one in self.branches.items())]
        self.fields["branch"].choices = named  # type: ignore[attr-defined]


class StockForm(RefusableForm):
    """How many of a reward are left."""

    stock = StockField(**_number(gettext_lazy("How many are left?"), required=False))


class TaxForm(RefusableForm):
    """What the accountants decided."""

    tax_class = forms.ChoiceField(
        label=gettext_lazy("Tax class"), choices=list(words.TAX.items()), initial="unset"
    )


class BudgetForm(RefusableForm):
    """What a branch may give in a year."""

    beside = {"grosze": "amount"}
    branch = forms.ChoiceField(label=gettext_lazy("Branch"))
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    amount = GroszeField(**_number(gettext_lazy("At most in the year")))

    def __init__(self, *args: Any, branches: list[Branch], years: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.branches = {one.public_id: one for one in branches}
        named = [(key, one.name) for key, one in self.branches.items()]
        self.fields["branch"].choices = named  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class DecisionForm(RefusableForm):
    """Why: always asked for a refusal, a cancelling, and where compliance must look."""

    why = forms.CharField(
        label=gettext_lazy("Why, in one sentence"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
