"""An admin publishes the next version of the firm's plan."""

from datetime import UTC, datetime
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import plans
from polecam.bonuses.models import Leaver, PlanVersion
from polecam.bonuses.queries import published, rates
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.web.access import ADMINS, door
from polecam.web.pages.money.forms import NewVersion
from polecam.web.types import Request
from polecam.web.ui.firm import firm


@door("money:publish", ADMINS)
@require_http_methods(["GET", "POST"])
def publish(request: Request) -> HttpResponse:
    """The form starts from the newest version, or from the usual plan."""
    at, zone = datetime.now(UTC), firm().zone
    newest = published(None).last()
    form = NewVersion(
        request.POST or None, initial=_start(newest) | {"starts_on": day_of(at, zone)}
    )
    if request.method == "POST" and form.is_valid():
        opens = day_bounds(form.starts(), zone)[0]
        data = form.cleaned_data
        try:
            version = plans.publish_plan(
                by=request.user,
                at=at,
                name=_("Bonus plan"),
                rules=form.rules(),
                valid_from=at if form.starts() == day_of(at, zone) else opens,
                hold_days=data["hold_days"],
                clawback_days=data["clawback_days"],
                quality_gate=data["quality_gate"],
                leaver=data["leaver"] or Leaver.SELLER,
            )
        except Refused as error:
            form.complain(error)
        else:
            messages.success(request, _("The version is published."))
            response = redirect("money:plan")
            response["Location"] += f"?v={version.public_id}"
            return response
    status = 422 if form.errors else 200
    return render(request, "money/publish.html", {"form": form, "newest": newest}, status=status)


def _start(newest: PlanVersion | None) -> dict[str, object]:
    if newest is None:
        usual = {rule.fact_kind: rule for rule in plans.STANDARD}
        return {
            "consent": Decimal(usual["consent"].amount_grosze) / 100,
            "meeting": Decimal(usual["meeting"].amount_grosze) / 100,
            "sale": Decimal(usual["sale"].rate_bp) / 100,
            "hold_days": 30,
            "clawback_days": 90,
            "quality_gate": True,
            "leaver": Leaver.SELLER,
        }
    paid = rates(newest.pk)
    return {
        "consent": Decimal(paid.consent_grosze) / 100,
        "meeting": Decimal(paid.meeting_grosze) / 100,
        "sale": Decimal(paid.sale_bp) / 100,
        "hold_days": newest.hold_days,
        "clawback_days": newest.clawback_days,
        "quality_gate": newest.quality_gate,
        "leaver": newest.leaver,
    }
