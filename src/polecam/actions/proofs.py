"""A person proves who they are: a code, a spare code, a passkey. Each is taken once."""

from datetime import datetime

from polecam.actions.arrivals import Trace, tried
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import standing
from polecam.signin import passkeys, rules, spare
from polecam.signin.models import Factor, FactorKind, Outcome, SpareCode, Way
from polecam.store import tx


def take_code(*, by: Person, at: datetime, code: str, trace: Trace) -> Factor:
    """A code of one of the person's apps, never the same twice.

    Raises Refused("code_wrong") and notes the try.
    """
    with tx.action():
        found = _app_of(by, code, at)
    if found is None:
        tried(at=at, person=by, way=Way.TOTP, outcome=Outcome.WRONG, trace=trace)
        raise Refused("code_wrong", field="code")
    return found


def take_spare(*, by: Person, at: datetime, code: str, trace: Trace) -> int:
    """One of the person's spare codes, gone with it; how many are left.

    Raises Refused("spare_wrong") and notes the try.
    """
    with tx.action():
        left = _spend(by, code, at)
    if left is None:
        tried(at=at, person=by, way=Way.SPARE, outcome=Outcome.WRONG, trace=trace)
        raise Refused("spare_wrong", field="code")
    return left


def take_passkey(
    *, at: datetime, answer: str, challenge: str, trace: Trace, by: Person | None = None
) -> Person:
    """Whose passkey answered the challenge; with `by` it must be theirs.

    Raises Refused("passkey_wrong") and notes the try; "passkey_doubted" where it was copied.
    """
    found = (
        Factor.objects.filter(
            kind=FactorKind.PASSKEY,
            credential=passkeys.named(answer),
            confirmed_at__isnull=False,
            person__is_active=True,
        )
        .exclude(credential="")
        .first()
    )
    code = "passkey_wrong"
    if challenge and found is not None and (by is None or found.person_id == by.pk):
        code = _used(found, answer, challenge, at)
        if not code:
            return found.person
    whose = by or (found.person if found is not None else None)
    tried(at=at, person=whose, way=Way.PASSKEY, outcome=Outcome.WRONG, trace=trace)
    raise Refused(code)


def _app_of(person: Person, code: str, at: datetime) -> Factor | None:
    rows = Factor.objects.select_for_update(of=("self",), no_key=True).filter(
        person=person, kind=FactorKind.TOTP, confirmed_at__isnull=False
    )
    for factor in rows.order_by("id"):
        step = rules.step_of(factor.secret, code, at, factor.last_step)
        if step is not None:
            factor.last_step, factor.last_used_at = step, at
            factor.save(update_fields=["last_step", "last_used_at"])
            return factor
    return None


def _spend(person: Person, code: str, at: datetime) -> int | None:
    mine = SpareCode.objects.filter(person=person, used_at=None)
    salts = {spare.salt_of(kept) for kept in mine.values_list("code_hash", flat=True)}
    hashes = [spare.hashed(person, code, salt) for salt in salts]
    if not mine.filter(code_hash__in=hashes).update(used_at=at):
        return None
    left = mine.count()
    home = standing(person).home
    record("person.code_used", person, by=person, at=at, branch=home, data={"left": left})
    return left


def _used(factor: Factor, answer: str, challenge: str, at: datetime) -> str:
    """Take the answer of a passkey; what is wrong with it, or nothing."""
    with tx.action():
        locked = tx.lock(factor)
        try:
            count = passkeys.proved(answer, challenge, locked)
        except passkeys.NotTrue:
            return "passkey_wrong"
        if not passkeys.counts_on(locked.sign_count, count):
            person = locked.person
            data = {"person": person.public_id}
            home = standing(person).home
            record("factor.doubted", locked, by=None, at=at, branch=home, data=data)
            return "passkey_doubted"
        locked.sign_count, locked.last_used_at = count, at
        locked.save(update_fields=["sign_count", "last_used_at"])
        return ""
