"""A referral begins: a first name a client gave, its invitation, and whose it is for good."""

import secrets
from datetime import datetime

from polecam.actions import asks, credit, invitations, receipts, taking_back
from polecam.actions.once import once
from polecam.actions.ownership import require_own
from polecam.asking.models import Ask, Outcome
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy.queries import suppressed_name
from polecam.privacy.rules import unanswered_until
from polecam.referrals import rules, tally
from polecam.referrals.models import Invitation, Kind, Referral
from polecam.store.tx import action, lock

ANSWERED = frozenset({Outcome.OPEN, Outcome.NAMES, Outcome.PASS_ON})
"""Outcomes to which a named friend still fits: one ask may bring several."""


def capture(
    *,
    by: Person,
    at: datetime,
    client: Client,
    first_name: str,
    key: str,
    need: str = "",
    ask: Ask | None = None,
    kind: str = Kind.ASKED,
    language: str = "pl",
) -> Referral:
    """Note that `client` named a friend: a first name and, if known, a need; never a number.

    Makes the invitation, the prospect with that name alone, the referral under the plan version in
    force, and the credit (credit.begin_for). With `ask`, its answer becomes "names";
    `kind` spontaneous has no ask. `key`: the form's random key; the same form twice is one
    referral. Raises Refused("first_name_missing", "no_number_please", "unknown_need",
    "friend_objected", "ask_of_another_client", "answered_already", "key_reused"), NotAllowed.
    """
    first_name = rules.first_name(first_name)
    _check(first_name, need, kind, ask)
    payload = {
        "client": client.public_id,
        "first_name": first_name,
        "need": need,
        "ask": ask.public_id if ask else "",
        "kind": str(kind),
    }
    with action():
        referral, _made = once(
            by.public_id,
            key,
            payload,
            at=at,
            make=lambda: _capture(by, at, client, first_name, need, ask, kind, language),
            model=Referral,
        )
    return referral


def _check(first_name: str, need: str, kind: str, ask: Ask | None) -> None:
    if not first_name:
        raise Refused("first_name_missing", field="first_name")
    if rules.holds_contact(first_name):
        raise Refused("no_number_please", field="first_name")
    if not rules.need_known(need):
        raise Refused("unknown_need", field="need")
    if (kind == Kind.ASKED) != (ask is not None) or kind not in (Kind.ASKED, Kind.SPONTANEOUS):
        raise Refused("ask_of_another_client")


def _capture(
    by: Person,
    at: datetime,
    client: Client,
    first_name: str,
    need: str,
    ask: Ask | None,
    kind: str,
    language: str,
) -> Referral:
    if ask is not None:
        ask = lock(ask, "client")
    client = ask.client if ask is not None and ask.client_id == client.pk else lock(client)
    require_own(by, client)
    if ask is not None:
        asks.require_asker(by, ask)
        if ask.client_id != client.pk or ask.for_reference:
            raise Refused("ask_of_another_client")
        if ask.outcome not in ANSWERED:
            raise Refused("answered_already")
    if suppressed_name(client.pk, first_name):
        raise Refused("friend_objected", field="first_name")
    values = settings.values(
        "invitation_days", "unanswered_days", *credit.FIRST, at=at, branch=client.branch_id
    )
    invitation = invitations.create(
        by=by, at=at, client=client, ask=ask, language=language, days=values["invitation_days"]
    )
    erase_at = unanswered_until(at, values["unanswered_days"])
    referral = _begin(by, at, invitation, first_name, need, kind, erase_at)
    credit.begin_for(referral, at=at, values=values, own=client.owner_id == by.pk)
    month = month_of(at, settings.zone())
    tally.bump(referral.branch_id, by.pk, month, referrals=1)
    if ask is not None and ask.outcome == Outcome.OPEN:
        asks.set_outcome(ask, Outcome.NAMES, by=by, at=at, month=month)
    return referral


def _begin(
    by: Person,
    at: datetime,
    invitation: Invitation,
    first_name: str,
    need: str,
    kind: str,
    erase_at: datetime,
) -> Referral:
    party = Party(created_at=at, nonce=secrets.token_hex(16))
    party.set_name(first_name, "")
    party.save()
    referral = Referral.objects.create(
        invitation=invitation,
        client_id=invitation.client_id,
        party=party,
        originator=by,
        branch_id=invitation.branch_id,
        ask_id=invitation.ask_id,
        kind=kind,
        need=need,
        plan_version_id=invitation.plan_version_id,
        captured_at=at,
        state_at=at,
        erase_at=erase_at,
    )
    record(
        "referral.captured",
        referral,
        by=by,
        at=at,
        branch=referral.branch_id,
        data={
            "invitation": invitation.public_id,
            "kind": str(kind),
            "need": need,
            "plan_version": invitation.plan_version_id,
        },
        text=first_name,
        nonce=party.nonce,
    )
    receipts.for_capture(referral, at=at)
    return referral


def undo(*, by: Person, at: datetime, referral: Referral) -> Referral:
    """Take a referral back within the minutes of the setting; its ask waits for an answer again.

    Raises Refused("undo_too_late", "undo_after_answer"), NotAllowed for anyone else's.
    """
    with action():
        if referral.client is not None:
            lock(referral.client)
        own = taking_back.locked(Invitation.objects.filter(pk=referral.invitation_id or 0))
        referral = lock(referral)
        if referral.originator_id != by.pk:
            raise NotAllowed("not_your_referral")
        if referral.erased_at is not None:
            taking_back.require_unanswered(own, [])
            return referral
        taking_back.require_in_time(referral.captured_at, at, referral.branch_id)
        taking_back.require_unanswered(own, [referral])
        taking_back.referral(referral, by=by, at=at)
        if referral.ask_id and not _others_named(referral):
            taking_back.reopen(lock(Ask.objects.get(pk=referral.ask_id)))
        referral.refresh_from_db()
    return referral


def _others_named(referral: Referral) -> bool:
    return Referral.objects.filter(ask=referral.ask, erased_at=None).exists()
