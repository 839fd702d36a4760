"""A whole list in one go: all or nobody, once, in each person's language; reminded, taken back."""

from datetime import timedelta

import pytest

from polecam.actions import departures, inviting, people
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.people import staff
from polecam.people.guests import Guest, Verdict
from polecam.people.models import Welcome
from polecam.worker import drain
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def guests(branch) -> list[Guest]:
    return [
        Guest("ola@o.pl", "Ola", "Pik", branch.pk, "seller", "pl"),
        Guest("john@o.pl", "John", "Low", branch.pk, "manager", "en"),
    ]


def invite(ada, guests, at, key="k1"):
    return inviting.invite_many(by=ada, at=at, guests=guests, key=key)


def test_the_same_form_twice_is_once(ada, guests, at):
    assert len(invite(ada, guests, at)) == 2
    assert invite(ada, guests, at) == []
    assert Welcome.objects.count() == 2


def test_each_hears_in_their_own_language(ada, guests, at, mailoutbox):
    invite(ada, guests, at)
    drain(at)
    drain(at)
    assert {m.to: m.language for m in Message.objects.all()} == {
        "ola@o.pl": "pl",
        "john@o.pl": "en",
    }
    assert len(mailoutbox) == 2


def test_all_or_nobody(ada, marta, guests, branch, at):
    bad = [*guests, Guest(marta.email, "Marta", "", branch.pk, "seller")]
    with pytest.raises(Refused, match="guests_not_ready"):
        invite(ada, bad, at)
    assert not Welcome.objects.exists()
    with pytest.raises(Refused, match="guests_none"):
        invite(ada, [], at)


def test_only_whoever_manages_people_there(ada, tomek, guests, zofia, kazimierz, at):
    for person in (tomek, zofia):
        with pytest.raises(NotAllowed):
            invite(person, guests, at)


def test_what_is_said_of_each(ada, marta, kamil, branch, at):
    departures.leave(by=ada, at=at, person=kamil)
    people.invite(by=ada, at=at, email="nina@o.pl", branch=branch, role="seller")
    rows = [
        Guest("nowa@o.pl", branch_id=branch.pk, role="seller"),
        Guest("NOWA@o.pl", branch_id=branch.pk, role="seller"),
        Guest(marta.email.upper(), branch_id=branch.pk, role="seller"),
        Guest(kamil.email, branch_id=branch.pk, role="seller"),
        Guest("nina@o.pl", branch_id=branch.pk, role="seller"),
        Guest("nina(at)o.pl", branch_id=branch.pk, role="seller"),
        Guest("x@o.pl", branch_id=None, role="seller"),
        Guest("y@o.pl", branch_id=branch.pk, role="queen"),
    ]
    assert staff.looked_at(rows, [branch.pk]) == [
        Verdict.NEW, Verdict.TWICE, Verdict.HERE, Verdict.BACK, Verdict.AGAIN, Verdict.WRONG,
        Verdict.NO_BRANCH, Verdict.NO_ROLE,
    ]  # fmt: skip


def test_a_reminder_goes_once_a_day(ada, guests, at, mailoutbox):
    made = invite(ada, guests, at)
    drain(at)
    assert inviting.remind(by=ada, at=at, welcomes=made) == 0, "the link was mailed just now"
    later = at + DAY
    assert inviting.remind(by=ada, at=later, welcomes=made) == 2
    assert inviting.remind(by=ada, at=later, welcomes=made) == 0


def test_the_reminder_is_mailed(ada, guests, at, mailoutbox):
    early = at - 2 * DAY
    made = invite(ada, guests, early)
    drain(at)
    inviting.remind(by=ada, at=at, welcomes=made[:1])
    drain(at)
    assert [m.to for m in mailoutbox].count(["ola@o.pl"]) == 2
    assert len(mailoutbox) == 3


def test_a_withdrawn_link_opens_nothing(ada, guests, at):
    made = invite(ada, guests, at)
    assert inviting.withdraw(by=ada, at=at, welcomes=made[:1]) == 1
    assert inviting.withdraw(by=ada, at=at, welcomes=made[:1]) == 0
    with pytest.raises(Refused, match="welcome_over"):
        people.accept_invitation(at=at, welcome=made[0], password=PASSWORD, first_name="Ola")
    assert [w.email for w in staff.invitations(ada, at=at).open] == ["john@o.pl"]


def test_an_old_one_is_made_new(ada, guests, at):
    invite(ada, guests, at)
    later = at + 8 * DAY
    old = staff.invitations(ada, at=later).old
    assert len(old) == 2
    anew = inviting.renew(by=ada, at=later, welcomes=old)
    assert {w.email for w in anew} == {"ola@o.pl", "john@o.pl"}
    assert inviting.renew(by=ada, at=later, welcomes=old) == []
    found = staff.invitations(ada, at=later)
    assert (len(found.open), found.old) == (2, [])


def test_nobody_comes_into_a_closed_place(ada, guests, branch, at):
    welcome, _other = invite(ada, guests, at)
    branch.closed_on = (at + DAY).date()
    branch.save()
    invite(ada, [Guest("ewa@o.pl", "Ewa", "Lis", branch.pk, "seller")], at, key="k2")
    late = at + 2 * DAY
    with pytest.raises(Refused, match="branch_closed"):
        invite(ada, [Guest("jan@o.pl", "Jan", "Lis", branch.pk, "seller")], late, key="k3")
    with pytest.raises(Refused, match="branch_closed"):
        people.accept_invitation(at=late, welcome=welcome, password=PASSWORD, first_name="Ola")
