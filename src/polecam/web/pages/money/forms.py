"""The form of a new version of the bonus plan."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.actions.plans import Rule
from polecam.bonuses.models import FactKind, Leaver
from polecam.kit.errors import Refused
from polecam.web.ui.refusals import sentence_of

MOST = Decimal(1_000_000)


def _decimal(label: Any, most: Decimal) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label, min_value=0, max_value=most, decimal_places=2, localize=True, widget=widget
    )


class NewVersion(forms.Form):
    """What pays how much, from when. A field of 0 leaves its rule out."""

    consent = _decimal(_("A confirmed consent, zł"), MOST)
    meeting = _decimal(_("The first confirmed meeting, zł"), MOST)
    sale = _decimal(_("A confirmed sale, % of the branch's margin"), Decimal(100))
    hold_days = forms.IntegerField(
        label=_("Days an amount waits before it is payable"), min_value=0, max_value=365
    )
    clawback_days = forms.IntegerField(
        label=_("Days in which a paid amount may be asked back"), min_value=0, max_value=730
    )
    quality_gate = forms.BooleanField(
        label=_("Quality criterion"),
        help_text=_("A complaint stops a sale's amounts; upheld, it takes back what is not paid."),
        required=False,
    )
    leaver = forms.ChoiceField(
        label=_("When somebody leaves the firm"),
        help_text=_("The authorship stays theirs either way."),
        choices=[
            (Leaver.SELLER, _("they still earn, with the final settlement")),
            (Leaver.HOLDER, _("whoever works the referral on earns their part")),
        ],
        required=False,
    )
    starts_on = forms.DateField(
        label=_("In force from"),
        help_text=_("Today: at once. Referrals recorded before keep their version."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def rules(self) -> list[Rule]:
        """The rules of the filled form, in grosze and basis points."""
        data = self.cleaned_data
        rules = [
            Rule(FactKind.CONSENT, amount_grosze=int(data["consent"] * 100)),
            Rule(FactKind.MEETING, amount_grosze=int(data["meeting"] * 100)),
            Rule(FactKind.SALE, rate_bp=int(data["sale"] * 100)),
        ]
        return [rule for rule in rules if rule.amount_grosze or rule.rate_bp]

    def starts(self) -> date:
        """The chosen day."""
        day: date = self.cleaned_data["starts_on"]
        return day

    def complain(self, error: Refused) -> None:
        """Show what the business said no to; nothing typed is lost."""
        field = "starts_on" if error.field == "valid_from" else None
        self.add_error(field, sentence_of(error))
