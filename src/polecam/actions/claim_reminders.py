"""Whoever leads a referral hears in time that the exclusivity ends; gently, and each time once."""

from datetime import datetime, timedelta

from django.conf import settings as installation
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.actions.staff_mail import send_to_staff
from polecam.claims import rules
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.periods import day_bounds, day_of
from polecam.messages.models import Message
from polecam.messages.texts_staff import CLAIM_ENDS
from polecam.organisation import settings
from polecam.referrals.models import Referral
from polecam.referrals.states import WORKABLE
from polecam.store import tx


def remind_due(*, at: datetime) -> int:
    """Remind holders gently, 14 and 3 days before the end of a claim, each once; how many.

    A day counts in the firm's zone. The mail and the note on Today follow from the journal.
    """
    zone = settings.zone()
    last = day_bounds(day_of(at, zone) + timedelta(days=max(rules.REMINDERS)), zone)[1]
    ending = Claim.objects.filter(ended_at=None, until__gt=at, until__lt=last)
    ending = ending.filter(holder__is_active=True, referral__state__in=WORKABLE)
    told = 0
    for claim in list(ending.order_by("id")):
        with tx.action():
            referral = tx.lock(Referral.objects.get(pk=claim.referral_id))
            told += _remind(tx.lock(claim), referral, at=at, zone=zone)
    return told


def _remind(claim: Claim, referral: Referral, *, at: datetime, zone: str) -> bool:
    if claim.ended_at is not None or claim.until <= at or referral.state not in WORKABLE:
        return False
    left = (day_of(claim.until, zone) - day_of(at, zone)).days
    length = (claim.until - claim.since).days
    days = rules.reminder_due(length, left, claim.reminded_days)
    if days is None:
        return False
    claim.reminded_days = days
    claim.save(update_fields=["reminded_days"])
    record(
        "claim.reminded",
        referral,
        by=None,
        at=at,
        branch=referral.branch_id,
        data={"claim": claim.public_id, "days": days, "until": claim.until},
    )
    return True


def send_reminder(*, event: Event, at: datetime) -> Message | None:
    """Mail the reminder that `event` (claim.reminded) is about to the holder, once.

    The letter names nobody: a link leads to the referral. None when the claim ended or was secured
    for longer meanwhile.
    """
    claim = (
        Claim.objects.select_related("holder", "referral")
        .filter(public_id=event.data["claim"], ended_at=None, until__gt=at)
        .first()
    )
    if claim is None or claim.reminded_days is None:
        return None
    zone = settings.zone()
    left = (day_of(claim.until, zone) - day_of(at, zone)).days
    wanted = settings.value("claim_work", at=claim.since, branch=claim.referral.branch_id)
    secures = settings.value(
        "contact_secures_days", at=claim.since, branch=claim.referral.branch_id
    )
    helps = rules.secured(claim.until, at, secures) > claim.until
    url = f"{installation.BASE_URL}/referrals/{claim.referral.public_id}/"

    with translation.override(claim.holder.language):
        facts = _facts(left, wanted if helps else "", url)
    return send_to_staff(
        event=event,
        kind=CLAIM_ENDS,
        person=claim.holder,
        facts=facts,
        at=at,
        good_until=claim.until,
    )


def _facts(left: int, wanted: str, url: str) -> dict[str, str]:
    helps = {
        "attempt": _("One attempt to reach the friend secures it for longer."),
        "reached": _("One contact that reaches the friend secures it for longer."),
        "meeting": _("A meeting that is arranged secures it for longer."),
    }
    when = (
        _("today") if left == 0 else ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left}
    )
    return {"when": when, "helps": helps.get(wanted, ""), "url": url}
