"""Looking someone up by what they say of themselves."""

from django.db.models import Q, QuerySet

from polecam.kit import emails, names, phones
from polecam.parties.matching import by_contact
from polecam.parties.models import Party
from polecam.store import crypto


def exactly(said: str) -> QuerySet[Party]:
    """Those not erased who have exactly this phone, this address, or this full name.

    For the data protection officer: a part of a name finds nothing, and there is no list.
    """
    if phone := phones.e164(said):
        return by_contact(crypto.phone_index(phone), "")
    if address := emails.normal(said):
        return by_contact("", crypto.email_index(address))
    key = names.fold(said)
    if " " not in key:
        return Party.objects.none()
    whole = Q(name_key=key) | Q(name_key2=key)
    return Party.objects.filter(whole, erased_at=None).order_by("id")


def with_contact() -> QuerySet[Party]:
    """Records for which a number or an address is kept, not merely its index."""
    return Party.objects.exclude(phone_sealed="", email_sealed="")


def reachable(party: Party) -> dict[str, bool]:
    """Whether an address ("email") and a number ("sms") are kept; neither is opened."""
    return {"email": bool(party.email_sealed), "sms": bool(party.phone_sealed)}


def known_again() -> QuerySet[Party]:
    """Erased records that still tell who it was: there must be none."""
    return Party.objects.filter(erased_at__isnull=False).exclude(
        first_name="",
        last_name="",
        phone_sealed="",
        email_sealed="",
        phone_index="",
        email_index="",
    )
