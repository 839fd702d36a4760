"""Two sellers, the same person, the same second, two processes: one claim, nothing lost."""

import multiprocessing
from datetime import datetime

import pytest
from django.db import connections

from polecam.actions import privacy, referrals
from polecam.actions.comparing import compare
from polecam.bonuses.models import Line
from polecam.claims import queries
from polecam.claims.models import Claim, CreditShare
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.parties.models import Match, Merge, Party
from polecam.people.models import Person
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from tests import cast
from tests.matches.people import HOUR, MINUTE, OTHER_PHONE, PHONE, client_with, friend
from tests.privacy.friend import answer, waiting

pytestmark = pytest.mark.django_db(transaction=True)

FORK = multiprocessing.get_context("fork")
"""Children share the test's database and keys; each opens connections of its own."""


def at_once(deed, *arguments: tuple) -> list[str]:
    """Run `deed` with each arguments in a process of its own, all starting together: their ends."""
    connections.close_all()
    start, ends = FORK.Barrier(len(arguments)), FORK.SimpleQueue()

    def run(*own: object) -> None:
        connections.close_all()
        try:
            start.wait(30)
            deed(*own)
            ends.put("done")
        except BaseException as error:
            ends.put(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    processes = [FORK.Process(target=run, args=own) for own in arguments]
    for process in processes:
        process.start()
    found = [ends.get() for _ in processes]
    for process in processes:
        process.join(60)
    return found


def capture_and_agree(seller: int, client: int, at: datetime) -> None:
    """One seller captures; the friend answers and confirms the same number."""
    by, whose = Person.objects.get(pk=seller), Client.objects.get(pk=client)
    referral = referrals.capture(
        by=by, at=at, client=whose, first_name="Piotr", key=f"k{seller}", kind="spontaneous"
    )
    answer(referral.invitation, at + MINUTE)
    for consent in waiting(Referral.objects.get(pk=referral.pk)):
        privacy.confirm(consent=consent, at=at + 2 * MINUTE)


@pytest.mark.parametrize("_turn", range(3))
def test_one_claim_the_other_told_nothing_lost(_turn, branch, anna, marta, kamil, plan, at):
    ewa = cast.client(branch, kamil, "Ewa", "Lis", at=at)
    ends = at_once(capture_and_agree, (marta.pk, anna.pk, at - HOUR), (kamil.pk, ewa.pk, at - HOUR))
    assert ends == ["done", "done"]
    claim = Claim.objects.get()
    first, second = Referral.objects.order_by("second")
    assert (first.second, second.second) == (False, True)
    assert claim.referral == first
    assert {first.originator, second.originator} == {marta, kamil}
    assert CreditShare.objects.filter(share_bp=10_000).count() == 2, "both keep their authorship"
    assert Consent.objects.filter(confirmed_at__isnull=False).count() == 2
    assert Line.objects.count() == 1
    assert Event.objects.filter(kind="referral.second", subject=second.public_id).count() == 1
    told = queries.known(second, at=at)
    assert told is not None
    assert (told.since, told.until) == (claim.since, claim.until)


def compare_again(party: int, at: datetime) -> None:
    """What a worker does after a confirmation."""
    compare(at=at, party=Party.objects.get(pk=party), found_by="consent")


def test_two_workers_join_the_same_records_once(branch, anna, marta, kamil, plan, at):
    client_with(branch, kamil, "Piotr", "Nowak", at=at - HOUR, phone=PHONE)
    referral = friend(anna, marta, at - HOUR, plan)
    ends = at_once(compare_again, (referral.party_id, at), (referral.party_id, at))
    assert ends == ["done", "done"]
    assert Merge.objects.count() == 1
    assert Match.objects.get().state == "same"


def join_them(boss: int, one: int, other: int, at: datetime) -> None:
    """A human says: one person."""
    from polecam.actions import parties

    parties.join(
        by=Person.objects.get(pk=boss),
        at=at,
        one=Party.objects.get(pk=one),
        other=Party.objects.get(pk=other),
    )


def either(which: str, *arguments: object) -> None:
    """One of two deeds that meet."""
    {"join": join_them, "yes": say_yes_now}[which](*arguments)


def say_yes_now(referral: int, at: datetime) -> None:
    """The friend's link comes back."""
    for consent in waiting(Referral.objects.get(pk=referral)):
        privacy.confirm(consent=consent, at=at)


def test_a_join_and_a_consent_that_meet_leave_one_claim(
    branch, anna, marta, kamil, tomek, plan, at
):
    """While the boss joins two records, the friend confirms under the other one."""
    first = friend(anna, marta, at - HOUR, plan, phone=PHONE)
    ewa = cast.client(branch, kamil, "Ewa", "Lis", at=at)
    second = referrals.capture(
        by=kamil, at=at - HOUR, client=ewa, first_name="Piotr", key="k", kind="spontaneous"
    )
    answer(second.invitation, at - HOUR, phone=OTHER_PHONE)
    second.refresh_from_db()
    ends = at_once(
        either,
        ("join", tomek.pk, first.party_id, second.party_id, at),
        ("yes", second.pk, at),
    )
    assert ends == ["done", "done"]
    assert Claim.objects.get(ended_at=None).referral == first
    second.refresh_from_db()
    assert second.second
    assert second.state == "consented"
