"""Forgetting: one person on request, and everyone whose time is over."""

from datetime import datetime

from django.db import connection, transaction

from polecam.actions import claims as claiming
from polecam.actions import thanks_owed
from polecam.actions.parties import JOINING
from polecam.asking import subject as asking
from polecam.claims import subject as claims
from polecam.clients import subject as clients
from polecam.clients.models import Client
from polecam.files import subject as files
from polecam.imports import subject as imports
from polecam.insights import forgetting
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.messages import subject as messages
from polecam.organisation.settings import organisation
from polecam.parties import groups
from polecam.parties import subject as parties
from polecam.parties.matching import same_person
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy import letters
from polecam.privacy import subject as privacy
from polecam.referrals import states
from polecam.referrals import subject as referrals
from polecam.referrals.models import Invitation, Referral
from polecam.sales import subject as sales
from polecam.store import tx
from polecam.surveys import subject as surveys
from polecam.thanks import subject as thanks

SEARCHED = (imports, files, letters)
"""Rooms that must search for a name: only when a person asks, not for each clock that runs out."""
KEYED = (
    sales,
    claims,
    thanks,
    surveys,
    asking,
    clients,
    messages,
    privacy,
    referrals,
    parties,
)
"""Rooms that know the person by key, in an order in which each still finds its rows."""


def erase(*, by: Person | None, at: datetime, party: Party) -> None:
    """Forget one person everywhere: tables, uploads, message files. Ledger and journal still hold.

    Whoever was recommended twice stands here twice: all rows of the person go. Among rows found by
    a number or address, one that is a client stays, since contracts have reasons of their own; one
    that was joined to `party` goes too (the officer's page names it before).
    `by` None is the person, through their own link. Raises NotAllowed.
    """
    with tx.action():
        tx.lock_keys([JOINING])
        require(by, Permission.ERASE)
        for row in [party, *_other_rows(party)]:
            erase_row(tx.lock(row), by=by, at=at)
    settle_files()


def _other_rows(party: Party) -> list[Party]:
    joined = groups.of(party)
    found = {row.pk: row for row in joined}
    for own in joined:
        for row in same_person(own.phone_index, own.email_index, own.first_name, own.last_name):
            found.setdefault(row.pk, row)
    clients = set(Client.objects.filter(party__in=found).values_list("party_id", flat=True))
    clients -= {row.pk for row in joined}
    return [row for pk, row in sorted(found.items()) if pk != party.pk and pk not in clients]


def erase_row(party: Party, *, by: Person | None, at: datetime) -> None:
    """Inner step: one locked row of the person, with what hangs on it."""
    rows = Referral.objects.select_for_update(of=("self",), no_key=True).filter(party=party)
    found = list(rows.order_by("id"))
    for referral in found:
        claiming.end(referral, at=at, reason="erased")
        thanks_owed.let_go(referral, at=at)
    cascade(party, at=at)
    for referral in found:
        if referral.state in states.OPEN:
            _expired(referral, at)
    record("party.erased", party, by=by, at=at, data={"referrals": len(found)})


def cascade(party: Party, *, at: datetime, search: bool = True) -> None:
    """Inner step: every room forgets the person."""
    party.refresh_from_db()
    erased.note(erased.PARTY, party.public_id)
    for room in [*(SEARCHED if search else ()), *KEYED]:
        room.erase(party, at)


def forget(referral: Referral, *, at: datetime) -> None:
    """Inner step: the friend of one referral is forgotten, its authorship stays."""
    claiming.end(referral, at=at, reason="erased")
    open_before = referral.state in states.OPEN
    if referral.party is not None:
        cascade(referral.party, at=at, search=False)
    else:
        erased.note(erased.REFERRAL, referral.public_id)
        Referral.objects.filter(pk=referral.pk).update(erase_at=None, erased_at=at)
    if open_before:
        Referral.objects.filter(pk=referral.pk).update(state=states.EXPIRED, state_at=at)
        _expired(referral, at)


def expire_due(*, at: datetime) -> int:
    """Erase whoever did not answer in time, or with whom nothing happened for long; how many.

    Invitations and claims whose time is over end too. Each in its own short transaction; what went
    is journalled as counts. `insights.forgetting` says beforehand what is due. One that fails keeps
    no other waiting: the first error is raised after the last.
    """
    over = forgetting.due(at)["invitations"]
    before = over.count()
    ended = list(forgetting.ended_clocks(at).order_by("id").values_list("pk", "consented_at"))
    gone, errors = {"unanswered": 0, "inactive": 0}, list[Exception]()
    for ident, consented_at in ended:
        try:
            gone["inactive" if consented_at else "unanswered"] += _expire_one(ident, at)
        except Exception as error:
            errors.append(error)
    _close_invitations(at)
    claiming.expire_due(at=at)
    done = sum(gone.values())
    if done:
        settle_files()
    ran(counts={**gone, "invitations": before - over.count()}, at=at)
    if errors:
        raise errors[0]
    return done


def ran(*, counts: dict[str, int], at: datetime) -> None:
    """Inner step of the nightly jobs: journal what went, in numbers."""
    with tx.action():
        record(forgetting.RAN, organisation(), by=None, at=at, data=counts)


def settle_files() -> None:
    """After the commit: what was overwritten leaves SQLite's log, too."""
    transaction.on_commit(_truncate_log)


def _truncate_log() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _expire_one(ident: int, at: datetime) -> bool:
    with tx.action():
        referral = tx.lock(Referral.objects.get(pk=ident))
        over = referral.erase_at is not None and referral.erase_at <= at
        if not over or referral.erased_at is not None or referral.state == states.WON:
            return False
        if referral.party_id and Client.objects.filter(party_id=referral.party_id).exists():
            Referral.objects.filter(pk=ident).update(erase_at=None)
            return False
        forget(referral, at=at)
        Invitation.objects.filter(referral=referral, reusable=False, expired_at=None).update(
            expired_at=at, words=""
        )
    return True


def _close_invitations(at: datetime) -> None:
    for invitation in forgetting.due(at)["invitations"].order_by("id"):
        with tx.action():
            changed = Invitation.objects.filter(pk=invitation.pk, expired_at=None).update(
                expired_at=at, words=""
            )
            if changed:
                branch = invitation.branch_id
                record("invitation.expired", invitation, by=None, at=at, branch=branch)


def _expired(referral: Referral, at: datetime) -> None:
    record("referral.expired", referral, by=None, at=at, branch=referral.branch_id)
