"""What a seller owes back: why, what may happen, what may not, and their own written consent."""

from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import receivables as actions
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing import receivables
from polecam.bonuses.models import LineState, NettingConsent, TransactionKind
from polecam.insights.seller import first_names, lines_of, others_of
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of
from polecam.people.models import EngagementKind
from polecam.web.access import SELLERS, door
from polecam.web.pages.money import lines, others
from polecam.web.pages.money.words import Part
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.parts import Row
from polecam.web.ui.refusals import sentence_of

SHOWN = 50


class ConsentForm(forms.Form):
    """Up to how much may be taken from later bonuses; one's own decision, never ticked before."""

    limit = forms.DecimalField(
        label=fmt.priced(gettext_lazy("Up to how much, %(unit)s gross")),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy(
            "I agree that up to this sum is taken from my next bonuses. I may take this back any "
            "time."
        )
    )

    @property
    def grosze(self) -> int:
        """The limit."""
        return int(self.cleaned_data["limit"] * 100)


@door("money:owed", SELLERS)
@require_safe
def owed(request: Request) -> HttpResponse:
    """The lines behind what is owed, the settlements so far, the consent."""
    return _render(request, ConsentForm())


@door("money:agree", SELLERS)
@require_POST
def agree(request: Request) -> HttpResponse:
    """Give the own written consent."""
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            actions.agree(by=request.user, at=datetime.now(UTC), limit_grosze=form.grosze)
        except Refused as error:
            form.add_error("limit", sentence_of(error))
    if form.errors:
        return _render(request, form, status=422)
    messages.success(request, _("Your consent is written down. You can take it back any time."))
    return _back()


@door("money:withdraw", SELLERS)
@require_POST
def withdraw(request: Request) -> HttpResponse:
    """Take the own consent back."""
    actions.disagree(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("Your consent is taken back. Nothing more is deducted."))
    return _back()


def _back() -> HttpResponse:
    response = HttpResponseRedirect(reverse("money:owed"))
    response.status_code = 303
    return response


def _render(request: Request, form: ConsentForm, status: int = 200) -> HttpResponse:
    person, at = request.user, datetime.now(UTC)
    found = list(
        lines_of(person)
        .filter(Q(state=LineState.OWED) | Q(state=LineState.VOID, paid_grosze__gt=0))
        .select_related("fact", "corrects", "voiding", "vesting", "paying")
        .order_by("-id")[:SHOWN]
    )
    names = first_names(person, {line.fact.referral for line in found}, at=at)
    consent = receivables.consent_of(person.pk)
    kind = closing.engagements([person.pk], month_of(at, firm().zone))[person.pk]["kind"]
    context = {
        "form": form,
        "owed": receivables.owed(person.pk),
        "parts": [
            Part(
                line.public_id,
                lines.title(line, names.get(line.fact.referral, "")),
                fmt.day(line.fact.confirmed_at),
                line.amount_grosze if line.state == LineState.OWED else -line.paid_grosze,
            )
            for line in found
        ],
        "advances": [
            item
            for posting in others_of(person).filter(kind=TransactionKind.DRAW)
            if (item := others.of(posting)) is not None
        ],
        "settled": [others.of(posting) for posting in others.settlements_of(person)[:SHOWN]],
        "consent": consent,
        "consent_rows": _consent(consent) if consent else [],
        "may": may(str(kind)),
        "may_not": may_not(str(kind)),
    }
    return render(request, "money/owed.html", context, status=status)


def _consent(consent: NettingConsent) -> list[Row]:
    return [
        Row(_("Given on"), fmt.day(consent.given_at)),
        Row(_("Up to, gross"), fmt.zl(consent.limit_grosze)),
        Row(_("Still open of it"), fmt.zl(receivables.limit_left(consent)), total=True),
    ]


def may(kind: str) -> list[str]:
    """What may become of an owed amount."""
    said = [
        _("A human in payroll looks at it with you; nothing happens by itself."),
        _("You may pay it back, or agree in writing to a deduction up to a sum you name."),
        _("The firm may let it go."),
        _("If you think it is wrong, say so on the line: it waits until that is decided."),
    ]
    if kind == EngagementKind.B2B:
        said.insert(1, _("With an invoice, a correction of the invoice may settle it."))
    return [fmt.tie(one) for one in said]


def may_not(kind: str) -> list[str]:
    """What is never done with it."""
    said = [_("Nothing is deducted from you without your written consent.")]
    if kind == EngagementKind.EMPLOYMENT:
        said.append(_("A bonus is a part of your wages, and the law protects wages."))
    said.append(_("No consent is assumed, and saying no has no consequences here."))
    return [fmt.tie(one) for one in said]
