"""What the walk over every address finds of somebody's sign-in."""

from datetime import datetime, timedelta

from polecam.people.models import Person
from polecam.signin.models import Factor, FactorKind, Session, SignIn


def samples(person: Person, at: datetime) -> dict[str, str]:
    """An app waiting for its first code, a passkey, an open session, a sign-in."""
    begun = Factor(person=person, kind=FactorKind.TOTP, created_at=at)
    begun.secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    begun.save()
    passkey = Factor.objects.create(
        person=person, kind=FactorKind.PASSKEY, name="Klucz", credential="a" * 22,
        created_at=at, confirmed_at=at,
    )  # fmt: skip
    session = Session.objects.create(
        person=person, key_hash="0" * 40, device="Safari · iPhone", began_at=at, seen_at=at
    )
    SignIn.objects.create(
        person=person, at=at - timedelta(days=1), way="password", outcome="in",
        device="Safari · iPhone", place="f" * 32,
    )  # fmt: skip
    return {
        "security:app": begun.public_id,
        "security:remove": passkey.public_id,
        "security:end": session.public_id,
        "security:reset": person.public_id,
        "security:sign_out": person.public_id,
    }
