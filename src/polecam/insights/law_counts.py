"""What the rules of law come to in this database, counted in one statement. Reads only.

Names that begin with `bad_` must be 0: each counts rows that a rule forbids.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from polecam.asking.models import Ask, Script
from polecam.bonuses.models import CreditedFact, PlanVersion
from polecam.claims.models import DisputeDecision, Handoff
from polecam.clients.models import Client
from polecam.journal.models import Event, Seal
from polecam.messages.models import Message
from polecam.organisation.models import Setting
from polecam.organisation.settings import KINDS
from polecam.parties.models import Party
from polecam.parties.queries import known_again, with_contact
from polecam.people.models import Person
from polecam.privacy.models import (
    BalancingTest,
    Channel,
    Consent,
    PersonRequest,
    Purpose,
    Suppression,
    SuppressionKind,
    Telling,
)
from polecam.privacy.rules import NOTICE_DAYS
from polecam.recognition.models import Praise
from polecam.referrals import states
from polecam.referrals.models import Contact, Invitation, Referral
from polecam.surveys.models import Pulse, SuggestionPause
from polecam.thanks.models import Occasion, RewardGrant, TaxClass, Thanks

Counted = dict[str, int]
NIGHT = timedelta(days=2)
"""A job that missed two nights has left something over."""


def counts(at: datetime) -> Counted:
    """Every number the proofs need, by name."""
    rows = {**_consents(at), **_clocks(at), **_clients(), **_firm(at)}
    return _in_one(rows)


def _in_one(rows: Mapping[str, QuerySet[Any]]) -> Counted:
    """The number of rows of each query, in one statement: a page has a budget of twelve."""
    parts: list[str] = []
    params: list[Any] = []
    for name, query in rows.items():
        sql, given = query.order_by().values("pk").query.sql_with_params()
        parts.append(f'(SELECT COUNT(*) FROM ({sql}) AS x) AS "{name}"')  # noqa: S608 - built by the ORM
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(rows, cursor.fetchone(), strict=True))


def _consents(at: datetime) -> dict[str, QuerySet[Any]]:
    given = Consent.objects.filter(purpose=Purpose.REFERRAL)
    before = Consent.objects.filter(
        referral=OuterRef("referral__public_id"),
        channel=OuterRef("channel"),
        unlocked_at__lte=OuterRef("at"),
    )
    standing = before.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=OuterRef("at")))
    contacts = Contact.objects.all()
    no_client = ~Exists(Client.objects.filter(party=OuterRef("pk")))
    their_consent = Consent.objects.filter(party=OuterRef("pk"))
    kept = with_contact().filter(no_client, erased_at=None)
    other = given.filter(referral=OuterRef("referral")).exclude(channel=OuterRef("channel"))
    first = Consent.objects.filter(party=OuterRef("party"), given_at__lte=OuterRef("created_at"))
    to_friends = Message.objects.filter(
        ~Exists(Client.objects.filter(party=OuterRef("party"))), party__isnull=False
    )
    return {
        "contacts": contacts,
        "bad_contacts": contacts.filter(~Exists(standing)),
        "consents": given,
        "consents_apart": given.filter(~Exists(other)),
        "bad_unlocked_held": given.filter(unlocked_at__isnull=False).exclude(held_for=""),
        "unlocked": given.filter(unlocked_at__isnull=False),
        "unconfirmed": given.filter(unlocked_at__isnull=False, confirmed_at=None).exclude(
            channel=Channel.VISIT
        ),
        "withdrawn": Consent.objects.filter(withdrawn_at__isnull=False),
        "kept_contacts": kept,
        "bad_kept": kept.filter(~Exists(their_consent)),
        "friend_messages": to_friends,
        "bad_friend_messages": to_friends.filter(~Exists(first)),
        "suppressions": Suppression.objects.all(),
        "bad_objectors": kept.filter(
            Exists(_suppressed(SuppressionKind.PHONE, "phone_index"))
            | Exists(_suppressed(SuppressionKind.EMAIL, "email_index"))
        ),
    }


def _suppressed(kind: str, column: str) -> QuerySet[Suppression]:
    return Suppression.objects.filter(kind=kind, index=OuterRef(column))


def _clocks(at: datetime) -> dict[str, QuerySet[Any]]:
    open_now = Referral.objects.filter(consented_at=None, erased_at=None, party__isnull=False)
    open_now = open_now.exclude(party__in=Client.objects.values("party"))
    gone = Party.objects.filter(erased_at__isnull=False)
    asked = PersonRequest.objects.filter(done_at=None)
    told = Thanks.objects.filter(occasion=Occasion.TALKED)
    allowed = Telling.objects.filter(referral=OuterRef("referral__public_id"))
    late = Referral.objects.filter(erase_at__lte=at - NIGHT, erased_at=None)
    late = late.exclude(state=states.WON).exclude(party__in=Client.objects.values("party"))
    return {
        "clocks": open_now,
        "bad_clocks": open_now.filter(captured_at__lt=at - timedelta(days=NOTICE_DAYS)),
        "clocks_erased": Referral.objects.filter(consented_at=None, erased_at__isnull=False),
        "bad_retention": late,
        "erased": gone,
        "bad_erased": known_again(),
        "looked": Event.objects.filter(kind="party.viewed"),
        "handed_out": Event.objects.filter(kind="party.exported"),
        "requests": asked,
        "bad_requests": asked.filter(due_on__lt=at.date()),
        "requests_done": PersonRequest.objects.filter(done_at__isnull=False),
        "told_talks": told,
        "bad_told_talks": told.filter(~Exists(allowed)),
        "handoffs": Handoff.objects.filter(done_at__isnull=False),
        "notices_read": Event.objects.filter(kind="referral.notice_read"),
        "tests_signed": BalancingTest.objects.filter(signed_at__isnull=False),
        "tests_drafts": BalancingTest.objects.filter(signed_at=None),
        "tests_due": BalancingTest.objects.filter(review_on__lt=at.date()),
    }


def _clients() -> dict[str, QuerySet[Any]]:
    asks = Ask.objects.filter(undone_at=None)
    never = asks.filter(client__never_ask_at__lt=F("asked_at"))
    return {
        "asks": asks,
        "asks_flagged": asks.filter(inside_rest=True),
        "never_ask": Client.objects.filter(never_ask_at__isnull=False, party__erased_at=None),
        "bad_never_asked": never.filter(inside_rest=False),
        "pulses": Pulse.objects.all(),
        "pulses_answered": Pulse.objects.filter(free__isnull=False),
        "bad_pauses": SuggestionPause.objects.filter(alert__looked_at=None),
        "qr_invitations": Invitation.objects.filter(shown_by_seller=True),
        "grants": RewardGrant.objects.all(),
        "grants_unclassed": RewardGrant.objects.filter(tax_class=TaxClass.UNSET),
        "bad_grants": RewardGrant.objects.filter(
            referral__consented_at=None, given_at__isnull=False
        ),
        "scripts": Script.objects.filter(retired_at=None),
        "bad_scripts": Script.objects.filter(retired_at=None, exit_line=""),
    }


def _firm(at: datetime) -> dict[str, QuerySet[Any]]:
    facts = CreditedFact.objects.filter(reverses=None)
    consented = Referral.objects.filter(public_id=OuterRef("referral"), consented_at__isnull=False)
    known = Referral.objects.filter(public_id=OuterRef("referral"))
    plans = PlanVersion.objects.filter(published_at__isnull=False)
    sourced = [key for key, kind in KINDS.items() if kind.explained == "source"]
    said = Setting.objects.filter(key__in=sourced, value__isnull=False)
    return {
        "facts": facts,
        "bad_facts": facts.filter(Exists(known), ~Exists(consented), kind="consent"),
        "plans": plans,
        "plans_without_clawback": plans.filter(clawback_days=0),
        "decisions": DisputeDecision.objects.all(),
        "bad_decisions": DisputeDecision.objects.filter(decider=None),
        "in_feed": Person.objects.filter(in_feed_since__isnull=False, is_active=True),
        "praises": Praise.objects.all(),
        "sourced": said,
        "bad_sourced": said.filter(why="").exclude(set_by_id=None),
        "seals": Seal.objects.all(),
    }
