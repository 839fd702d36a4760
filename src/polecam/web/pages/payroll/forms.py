"""Forms of payroll."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.bonuses.models import SettlementWay
from polecam.people.models import EngagementKind
from polecam.web.pages.payroll import words
from polecam.web.pages.referrals.forms import DayField
from polecam.web.ui import format as fmt


def zloty(label: Any, *, required: bool = True) -> forms.DecimalField:
    """An amount typed in zł, at least one grosz."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal("0.00"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def day(label: Any, **more: Any) -> DayField:
    """A day of the calendar."""
    return DayField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A sum from elsewhere beside the computed one."""

    label: str
    typed: str
    computed: str
    same: bool


class Compare(forms.Form):
    """What the payroll system says: whatever is filled in is compared."""

    people = forms.IntegerField(label=_("People paid"), required=False, min_value=0)
    lines = forms.IntegerField(label=_("Lines paid"), required=False, min_value=0)
    payout = zloty(fmt.priced(_("Sum to be paid, %(unit)s gross")), required=False)

    def against(self, totals: dict[str, int]) -> list[Compared]:
        """Each filled field beside its control total; nothing before something is typed."""
        if not self.is_bound or not self.is_valid():
            return []
        found = []
        for name, code in (("people", "paid_people"), ("lines", "lines"), ("payout", "payout")):
            typed = self.cleaned_data.get(name)
            if typed is None:
                continue
            have = totals.get(code, 0)
            if name == "payout":
                grosze = int(typed * 100)
                shown = (fmt.zl(grosze), fmt.zl(have), grosze == have)
            else:
                shown = (fmt.number(typed), fmt.number(have), typed == have)
            found.append(Compared(str(self.fields[name].label), *shown))
        return found


class Settle(forms.Form):
    """How a part of what somebody owes ended."""

    way = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[
            (SettlementWay.NETTED, _("netted with consent")),
            (SettlementWay.REPAID, _("paid back")),
            (SettlementWay.WAIVED, _("let go by the firm")),
        ],
    )
    amount = zloty(fmt.priced(_("Amount, %(unit)s gross")))
    why = forms.CharField(label=_("Why, in a few words"), max_length=200)


class Engage(forms.Form):
    """On what footing, for what part of full time, from which day."""

    kind = forms.ChoiceField(
        label=_("Kind of engagement"),
        widget=forms.RadioSelect,
        choices=[
            (EngagementKind.EMPLOYMENT, _("employment")),
            (EngagementKind.CIVIL, _("civil contract")),
            (EngagementKind.B2B, _("B2B")),
        ],
    )
    percent = forms.DecimalField(
        label=_("Part of full time, percent"),
        min_value=Decimal("0.01"),
        max_value=100,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    since = day(_("From the day"))


class End(forms.Form):
    """The first day without it."""

    until = day(pgettext_lazy("engagement", "The first day without it"))


class Columns(forms.Form):
    """The columns of the file in their order, and tax classes."""

    columns = forms.MultipleChoiceField(label=_("Columns"), required=False)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["columns"])
        field.choices = [(code, words.column(code)) for code in codes]
        for kind in EngagementKind.values:
            self.fields[f"class_{kind}"] = forms.CharField(
                label=words.engagement(kind), max_length=20, required=False
            )
