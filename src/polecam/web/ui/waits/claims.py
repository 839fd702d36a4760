"""Exclusivity that ends soon, for whoever leads; and what ended, for the boss who proposes on."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.claims import rules
from polecam.claims.models import Claim
from polecam.kit import polish
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.queries import overseen
from polecam.referrals.states import WORKABLE
from polecam.web.ui import format as fmt
from polecam.web.ui.waits import Wait

SOON = max(rules.REMINDERS)


def waits(person: Person, at: datetime) -> list[Wait]:
    """From a fortnight before the end on; calm, and with the one thing that helps."""
    soon = list(_soon(person, at))
    over = list(_over(person, at))
    if not soon and not over:
        return []
    then = settings.Past("claim_work", "contact_secures_days", "claim_expiry")
    found = [_ending(claim, then, at) for claim in soon]
    return found + [_ended(claim) for claim in _left_to_the_boss(over, then, person, at)]


def _soon(person: Person, at: datetime) -> QuerySet[Claim]:
    return (
        Claim.objects.filter(
            holder=person,
            ended_at=None,
            until__gt=at,
            until__lt=at + timedelta(days=SOON + 1),
            referral__state__in=WORKABLE,
        )
        .select_related("referral__party")
        .order_by("until")
    )


def _ending(claim: Claim, then: settings.Past, at: datetime) -> Wait:
    left = fmt.days_left(claim.until)
    party = claim.referral.party
    name = party.first_name if party else ""
    if name and party and fmt.language() != "en":
        name = polish.accusative(name, party.form or None)
    return Wait(
        fmt.tie(_title(name, left)),
        fmt.tie(_help(claim, then, at)),
        reverse("referrals:one", args=[claim.referral.public_id]),
        "shield-check",
        "honey" if left <= min(rules.REMINDERS) else "chaber",
        claim.until,
    )


def _title(name: str, left: int) -> str:
    if not name:
        name = _("a recommended person")
    if left == 0:
        return _("Exclusivity for %(name)s ends today.") % {"name": name}
    said = ngettext(
        "Exclusivity for %(name)s ends in %(n)s day.",
        "Exclusivity for %(name)s ends in %(n)s days.",
        left,
    )
    return said % {"name": name, "n": left}


def _help(claim: Claim, then: settings.Past, at: datetime) -> str:
    """The one thing that secures it for longer, by the rules of the day it began; "" if none."""
    began, branch = claim.since, claim.referral.branch_id
    days = then.value("contact_secures_days", at=began, branch=branch)
    if rules.secured(claim.until, at, days) <= claim.until:
        return ""
    return {
        "attempt": _("One attempt to reach them secures it for longer."),
        "reached": _("One contact secures it for longer."),
        "meeting": _("Arranging a meeting secures it for longer."),
    }[then.value("claim_work", at=began, branch=branch)]


def _over(person: Person, at: datetime) -> QuerySet[Claim]:
    """Ended without a result in the last month, in the branches where the person may propose."""
    branches = standing(person).branches(Permission.PROPOSE_HANDOFF)
    if not branches:
        return Claim.objects.none()
    later = Claim.objects.filter(referral=OuterRef("referral"), since__gt=OuterRef("since"))
    return (
        Claim.objects.filter(
            ~Exists(later),
            referral__branch_id__in=branches,
            referral__state__in=WORKABLE,
            end_reason="expired",
            ended_at__gt=at - timedelta(days=30),
        )
        .select_related("referral")
        .order_by("ended_at")
    )


def _left_to_the_boss(
    over: list[Claim], then: settings.Past, person: Person, at: datetime
) -> list[Claim]:
    """Those that the firm leaves to the boss, of which the boss may know."""
    left = [
        claim
        for claim in over
        if then.value("claim_expiry", at=claim.since, branch=claim.referral.branch_id) == "boss"
    ]
    if not left:
        return []
    ids = [claim.referral_id for claim in left]
    seen = set(overseen(person, at=at).filter(pk__in=ids).values_list("pk", flat=True))
    return [claim for claim in left if claim.referral_id in seen]


def _ended(claim: Claim) -> Wait:
    day = fmt.day(claim.ended_at) if claim.ended_at else ""
    return Wait(
        _("Exclusivity on a referral has ended; propose who goes on"),
        _("since %(day)s") % {"day": day},
        reverse("portfolio:goes_on", args=[claim.public_id]),
        "users",
    )
