"""What somebody asks a simulation: which months, which branch, and what if."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.insights.simulation_outcome import MOST_PERCENT, WhatIf
from polecam.insights.simulation_period import LONGEST, Period, between, read
from polecam.organisation.models import Branch
from polecam.web.pages.simulation import words
from polecam.web.ui import format as fmt

OWN = "own"
"""From one month to another, as typed."""
EVERY = "all"
"""All branches that may be seen."""


class PercentOfWhat(forms.IntegerField):
    """A whole percentage of what happened, 0 to 500."""

    def __init__(self, **kwargs: Any) -> None:
        said = gettext_lazy("A whole number from 0 to 500; 100 means as it was.")
        wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
        super().__init__(
            min_value=0, max_value=MOST_PERCENT, initial=100, error_messages=wrong, **kwargs
        )
        self.widget.attrs |= {"inputmode": "numeric", "step": 5}


class TryForm(forms.Form):
    """The period, the branch and the percentages; sent by GET, so that a result has an address."""

    period = forms.ChoiceField(
        label=gettext_lazy("Period"),
        error_messages={
            "required": gettext_lazy("Choose a period."),
            "invalid_choice": gettext_lazy("Choose a period from the list."),
        },
    )
    since = forms.ChoiceField(label=gettext_lazy("First month"), required=False)
    until = forms.ChoiceField(label=gettext_lazy("Last month"), required=False)
    branch = forms.ChoiceField(
        label=gettext_lazy("Branch"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a branch from the list.")},
    )
    asks = PercentOfWhat(label=gettext_lazy("Asks"))
    consents = PercentOfWhat(label=gettext_lazy("Consents from asks"))
    meetings = PercentOfWhat(label=gettext_lazy("Meetings from consents"))
    sales = PercentOfWhat(label=gettext_lazy("Sales from meetings"))

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Period],
        usual: Period,
        branches: Sequence[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.branches = tuple(branches)
        known = {period.code: words.period(period) for period in offered}
        months = [period.first for period in offered if len(period.months) == 1]
        singles = [(month, fmt.month(month)) for month in months]
        self._offer("period", [*known.items(), (OWN, _("from month to month"))], usual.code)
        self._offer("since", singles, usual.first)
        self._offer("until", singles, min(usual.last, max(months)))
        if len(self.branches) > 1:
            rows = Branch.objects.filter(pk__in=self.branches).order_by("name", "pk")
            self.named = {row.public_id: row for row in rows}
            names = [(key, row.name) for key, row in self.named.items()]
            self._offer("branch", [(EVERY, _("All branches")), *names], EVERY)
        else:
            del self.fields["branch"]

    def _offer(self, name: str, choices: Sequence[tuple[str, str]], initial: str) -> None:
        field = self.fields[name]
        field.initial = initial
        field.choices = choices  # type: ignore[attr-defined]  # each of them is a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A period of one's own begins before it ends, and is two years long at most."""
        cleaned = super().clean() or {}
        code = cleaned.get("period")
        if code and code != OWN:
            cleaned["chosen"] = read(code)
        elif code:
            self._own(cleaned)
        return cleaned

    def _own(self, cleaned: dict[str, Any]) -> None:
        since, until = cleaned.get("since") or "", cleaned.get("until") or ""
        try:
            cleaned["chosen"] = between(since, until)
        except ValueError:
            if not since or not until:
                self.add_error("since", _("Choose the first and the last month."))
            elif until < since:
                self.add_error("until", _("The last month comes before the first one."))
            else:
                said = _("At most %(n)s months at once.") % {"n": LONGEST}
                self.add_error("until", said)

    @property
    def chosen(self) -> Period:
        """The period, once the form is valid."""
        period: Period = self.cleaned_data["chosen"]
        return period

    @property
    def what_if(self) -> WhatIf:
        """The percentages, once the form is valid."""
        data = self.cleaned_data
        return WhatIf(data["asks"], data["consents"], data["meetings"], data["sales"])

    @property
    def where(self) -> tuple[int, ...]:
        """Ids of the branches that count, once the form is valid."""
        chosen = self.cleaned_data.get("branch") or EVERY
        return self.branches if chosen == EVERY else (self.named[chosen].pk,)
