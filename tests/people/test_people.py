"""People come by a link, change roles, leave; each time somebody else decides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from polecam.actions import departures, people, setup
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.organisation.models import Branch
from polecam.people import links
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, Standing, require
from polecam.people.queries import team, visible_to
from polecam.worker import drain
from tests.cast import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def welcome(ada, branch, at):
    return people.invite(
        by=ada, at=at, email="Nina.Adamska@olszyna.example", branch=branch, role="seller",
        first_name="Nina",
    )  # fmt: skip


def join(welcome, at, **more):
    return people.accept_invitation(
        at=at, welcome=welcome, password=PASSWORD, first_name="Nina", form="f", **more
    )


def refused(code: str, call, **arguments) -> None:
    with pytest.raises(Refused) as caught:
        call(**arguments)
    assert caught.value.code == code


def test_an_invited_person_joins_with_an_own_password(welcome, branch, at):
    nina = join(welcome, at + timedelta(hours=1))
    assert nina.check_password(PASSWORD)
    assert Standing(nina).may(Permission.ASK, branch.pk)
    assert [e.kind for e in Event.objects.order_by("id")] == [
        "person.invited", "person.joined", "membership.given",
    ]  # fmt: skip


def test_a_link_works_once_and_for_seven_days(welcome, ada, branch, at):
    refused("welcome_over", join, welcome=welcome, at=at + timedelta(days=7))
    join(welcome, at)
    refused("welcome_over", join, welcome=welcome, at=at)
    again = {"by": ada, "at": at, "email": "nina.adamska@OLSZYNA.example", "branch": branch}
    refused("email_taken", people.invite, **again, role="seller")


def test_a_new_link_ends_the_old_one(welcome, ada, branch, at):
    later = at + timedelta(minutes=5)
    people.invite(by=ada, at=later, email=welcome.email, branch=branch, role="seller")
    refused("welcome_over", join, welcome=welcome, at=later)


def test_only_we_can_make_a_link(welcome):
    ref = links.reference(welcome)
    assert links.find(ref) == welcome
    assert links.find(ref[:-1] + ("A" if ref[-1] != "A" else "B")) is None
    assert links.find("nothing") is None
    assert len(ref.partition("-")[2]) == 22  # 128 bits


def test_a_weak_password_is_refused_and_nobody_joins(welcome, at):
    arguments = {"at": at, "welcome": welcome, "first_name": "Nina"}
    refused("password_weak", people.accept_invitation, **arguments, password="nina1234")
    assert not Person.objects.filter(first_name="Nina").exists()


def test_the_link_is_mailed_once(welcome, at, mailoutbox):
    drain(at)
    drain(at)
    message = Message.objects.get(kind="welcome")
    assert message.to == welcome.email
    assert links.welcome_url(welcome) in message.body
    assert [mail.to for mail in mailoutbox] == [[welcome.email]]


def test_only_admins_manage_people(marta, tomek, irena, pawel, branch, at):
    for outsider in (marta, tomek, irena, pawel):
        arguments = {"by": outsider, "at": at, "email": "x@y.example", "branch": branch}
        refused("not_allowed", people.invite, **arguments, role="seller")
        with pytest.raises(NotAllowed):
            departures.leave(by=outsider, at=at, person=marta)


def test_an_admin_manages_only_their_own_branch(ada, at):
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    arguments = {"by": ada, "at": at, "email": "x@y.example", "branch": other}
    refused("not_allowed", people.invite, **arguments, role="seller")


def test_whoever_opens_a_branch_can_invite_into_it(ada, at):
    other = setup.open_branch(by=ada, at=at, name="Krowodrza")
    ada.__dict__.pop("_standing", None)
    assert people.invite(by=ada, at=at, email="x@y.example", branch=other, role="seller")


def test_nobody_lets_themselves_go(ada, branch, at):
    refused("own_role", departures.leave, by=ada, at=at, person=ada)


def test_whoever_leaves_keeps_no_right(ada, marta, kamil, branch, at):
    departures.leave(by=ada, at=at, person=marta)
    marta.refresh_from_db()
    assert not Standing(marta).roles
    with pytest.raises(NotAllowed):
        require(marta, Permission.ASK, branch.pk)
    assert list(team(branch.pk)) == [kamil]
    refused("person_left", departures.leave, by=ada, at=at, person=marta)


def test_colleagues_see_each_other_and_no_other_branch(marta, kamil, at):
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    stranger = person(other, Role.SELLER, "Obca", "Osoba", "f", at=at)
    assert set(visible_to(marta)) == {marta, kamil}
    assert set(visible_to(stranger)) == {stranger}


def test_the_database_knows_only_real_roles(marta, branch, at):
    with pytest.raises(IntegrityError):
        Membership.objects.create(person=marta, branch=branch, role="queen", since=at)


def test_own_profile_is_journalled_without_its_words(marta, at):
    people.change_profile(by=marta, at=at, title="doradczyni")
    event = Event.objects.get(kind="person.changed")
    assert event.data == {"fields": ["title"]}
    refused("name_missing", people.change_profile, by=marta, at=at, first_name=" ")
