"""Receipts in words."""

from datetime import date, datetime

from babel.dates import format_date
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.claims.models import Receipt, ReceiptKind
from polecam.claims.papers import slip_of
from polecam.claims.slip import code
from polecam.web.ui import format as fmt


def long_day(day: date) -> str:
    """`23 listopada 2026`, `23 November 2026`: a day on paper carries its year."""
    return fmt.tie(str(format_date(day, "d MMMM y", locale=fmt.language())))


def instant(at: datetime) -> str:
    """Day, year and clock to the second, in the organisation's zone."""
    return f"{long_day(fmt.as_day(at))}, {fmt.local(at):%H:%M:%S}"


def what(kind: str) -> str:
    """What a receipt is for."""
    return {
        ReceiptKind.CAPTURE.value: _("a referral that was saved"),
        ReceiptKind.CLAIM.value: _("an exclusivity that began"),
    }.get(kind, kind)


def title(kind: str) -> str:
    """What a receipt says to its holder."""
    if kind == ReceiptKind.CLAIM:
        return _("This exclusivity is yours")
    return _("This referral is yours")


def verify_url() -> str:
    """The public page that checks receipts, with its host."""
    return settings.BASE_URL + reverse("verify:verify")


def qr_parts(receipt: Receipt) -> list[str]:
    """What the QR says: the address of the check with the receipt in it, in two parts."""
    return [f"{verify_url()}?r=", code(slip_of(receipt))]
