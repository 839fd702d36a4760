"""Who recommended whom so far: authorship and the tree stay, names of the unasked do not."""

from datetime import timedelta

import pytest

from polecam.actions import clients
from polecam.claims.models import CreditShare
from polecam.clients.models import Client
from polecam.imports import rejects
from polecam.imports.models import RejectedRow
from polecam.imports.queries import cells_of
from polecam.journal.models import Event
from polecam.kit.periods import day_of
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.people.models import Membership, Person
from polecam.privacy.models import Consent, Suppression
from polecam.referrals.models import Referral
from polecam.store import crypto
from tests import cast
from tests.imports.support import bring, counts

HEAD = "Data;Kto polecił;Nr klienta;Polecony;Telefon;Sprzedawca;Status\n"


@pytest.fixture
def branch_with_clients(branch, marta, kamil, at):
    """Three clients with numbers."""
    for number, first, last, owner in (
        ("K1", "Edward", "Sikora", marta),
        ("K2", "Agnieszka", "Śliwa", kamil),
        ("K3", "Krzysztof", "Kowalczyk", kamil),
    ):
        cast.client(branch, owner, first, last, at=at, number=number)
    return branch


def days_ago(at, days):
    return (day_of(at, "Europe/Warsaw") - timedelta(days=days)).strftime("%d.%m.%Y")


def test_an_open_one_waits_fourteen_days_with_a_first_name(
    branch_with_clients, tomek, marta, plan, at
):
    text = (
        HEAD
        + f"{days_ago(at, 20)};Edward Sikora;K1;Grażyna Bielak;601 223 344;Marta Zielińska;nowe\n"
    )
    assert counts(bring(tomek, branch_with_clients, text, at=at, kind="referrals")) == (1, 0, 0, 0)
    referral = Referral.objects.get()
    assert (referral.kind, referral.state) == ("imported", "captured")
    assert referral.originator == marta
    assert referral.client.number == "K1"
    assert day_of(referral.captured_at, "Europe/Warsaw") == day_of(at, "Europe/Warsaw") - timedelta(
        20
    )
    assert referral.erase_at == at + timedelta(days=14)
    party = referral.party
    assert (party.full_name, party.phone, party.phone_sealed) == ("Grażyna", "", "")
    assert party.phone_index == crypto.phone_index("+48601223344")
    assert CreditShare.objects.get(referral=referral).share_bp == 10_000
    assert referral.invitation.seller == marta
    assert referral.plan_version_id == plan.pk
    assert not Consent.objects.exists()
    assert not Party.objects.filter(last_name="Bielak").exists()


@pytest.mark.parametrize(
    ("status", "state"), [("spotkanie", "expired"), ("rezygnacja", "lost"), ("sprzedaż", "won")]
)
def test_a_past_one_keeps_no_name(branch_with_clients, tomek, marta, at, status, state):
    text = HEAD + f"{days_ago(at, 200)};;K1;Grażyna Bielak;;Marta Zielińska;{status}\n"
    people = Party.objects.count()
    bring(tomek, branch_with_clients, text, at=at, kind="referrals")
    referral = Referral.objects.get()
    assert (referral.state, referral.party, referral.erase_at) == (state, None, None)
    assert referral.erased_at == at
    assert Party.objects.count() == people
    assert "ielak" not in str(list(Event.objects.values()))


def test_a_sale_to_a_client_joins_the_tree(branch_with_clients, tomek, marta, at):
    text = HEAD + f"{days_ago(at, 200)};;K1;Kowalczyk Krzysztof;;Marta Zielińska;sprzedaż\n"
    bring(tomek, branch_with_clients, text, at=at, kind="referrals")
    friend = Client.objects.get(number="K3")
    assert friend.introduced_by.number == "K1"
    assert Referral.objects.get().party == friend.party


def test_a_circle_never_joins_the_tree(branch_with_clients, tomek, marta, at):
    text = (
        HEAD + f"{days_ago(at, 200)};;K1;Krzysztof Kowalczyk;;Marta Zielińska;sprzedaż\n"
        f"{days_ago(at, 100)};;K3;Edward Sikora;;Marta Zielińska;sprzedaż\n"
    )
    bring(tomek, branch_with_clients, text, at=at, kind="referrals")
    assert Client.objects.get(number="K1").introduced_by is None


def test_twice_is_once_and_a_later_file_knows_more(branch_with_clients, tomek, marta, kamil, at):
    rows = (
        f"{days_ago(at, 9)};;K1;Anna Lis;;Marta Zielińska;nowe\n"
        f"{days_ago(at, 9)};;K1;Jan Lis;;Marta Zielińska;w kontakcie\n"
        f"{days_ago(at, 50)};Śliwa Agnieszka;;Ewa Wilk;;Kamil Duda;spotkanie\n"
    )
    assert counts(bring(tomek, branch_with_clients, HEAD + rows, at=at, kind="referrals")) == (
        3,
        0,
        0,
        0,
    )
    assert counts(bring(tomek, branch_with_clients, HEAD + rows, at=at, kind="referrals")) == (
        0,
        0,
        3,
        0,
    )
    later = rows.replace("w kontakcie", "sprzedaż")
    assert counts(bring(tomek, branch_with_clients, HEAD + later, at=at, kind="referrals")) == (
        0,
        1,
        2,
        0,
    )
    assert sorted(Referral.objects.values_list("state", flat=True)) == [
        "captured",
        "expired",
        "won",
    ]
    assert not Party.objects.filter(first_name="Jan").exists()
    assert Party.objects.filter(first_name="Anna").exists()


def test_faults_are_told_apart(branch_with_clients, tomek, marta, at):
    tomorrow = days_ago(at, -1)
    text = (
        HEAD + f"{days_ago(at, 9)};;K77;Anna Lis;;Marta Zielińska;nowe\n"
        f"{days_ago(at, 9)};Jan Zaręba;K1;Anna Lis;;Marta Zielińska;nowe\n"
        f"{days_ago(at, 9)};;K1;Anna Lis;;Ola Nikt;nowe\n"
        f"{tomorrow};;K1;Anna Lis;;Marta Zielińska;nowe\n"
        f"{days_ago(at, 9)};;K1;;;Marta Zielińska;nowe\n"
        f"{days_ago(at, 9)};;K1;Anna Lis;;Marta Zielińska;kwadrat\n"
    )
    job = bring(tomek, branch_with_clients, text, at=at, kind="referrals")
    assert counts(job) == (0, 0, 0, 6)
    reasons = RejectedRow.objects.filter(job=job).order_by("line").values_list("reason", flat=True)
    assert list(reasons) == [
        "client_unknown",
        "number_of_another",
        "seller_unknown",
        "date_future",
        "missing",
        "status_unknown",
    ]


def test_who_objected_does_not_come_back(branch_with_clients, tomek, marta, at):
    Suppression.objects.create(kind="phone", index=crypto.phone_index("+48601223344"), at=at)
    rows = (
        f"{days_ago(at, 9)};;K1;Anna Lis;601223344;Marta Zielińska;nowe\n"
        f"{days_ago(at, 9)};;K1;Anna Lis;601223344;Marta Zielińska;sprzedaż\n"
    )
    job = bring(tomek, branch_with_clients, HEAD + rows, at=at, kind="referrals")
    assert counts(job) == (0, 0, 0, 2)
    assert not Referral.objects.exists()
    assert [cells_of(row) for row in RejectedRow.objects.filter(job=job)] == [[""], [""]]
    assert b"Lis" not in rejects.as_csv(job, [])


def test_a_client_who_objected_is_refused_by_row_and_kept_nowhere(branch, tomek, marta, at):
    Suppression.objects.create(kind="phone", index=crypto.phone_index("+48601223344"), at=at)
    text = "Klient;Telefon\nAnna Lis;601223344\nEwa Nowak;601223355\n"
    job = bring(tomek, branch, text, at=at)
    assert counts(job) == (1, 0, 0, 1)
    row = RejectedRow.objects.get(job=job)
    assert (row.reason, cells_of(row)) == ("objected", [""])
    assert Client.objects.get().party.last_name == "Nowak"


def test_a_file_does_not_forget_who_asked_never_to_be_asked(branch, tomek, marta, firm, at):
    """A new record of the same person in another branch would be askable: refused by row."""
    bring(tomek, branch, "Klient;Telefon\nAnna Lis;601223344\n", at=at)
    clients.never_ask(by=None, at=at, client=Client.objects.get())
    other = Branch.objects.create(name="Oddział Krowodrza", created_at=at)
    Membership.objects.create(person=tomek, branch=other, role="manager", since=at)
    Membership.objects.create(person=marta, branch=other, role="seller", since=at)
    boss = Person.objects.get(pk=tomek.pk)
    text = "Klient;Telefon\nAnna Lis;601 223 344\nJan Lis;601223344\nEwa Nowak;601223355\n"
    job = bring(boss, other, text, at=at)
    assert counts(job) == (2, 0, 0, 1), "another person may share the telephone"
    row = RejectedRow.objects.get(job=job)
    assert (row.line, row.reason, cells_of(row)) == (2, "objected", [""])
    again = bring(tomek, branch, "Klient;Telefon;Produkt\nAnna Lis;601223344;konto\n", at=at)
    assert counts(again) == (0, 1, 0, 0)
    assert Client.objects.get(branch=branch).never_ask_at == at, "an update leaves it alone"


def test_the_journal_keeps_authorship_of_each(branch_with_clients, tomek, marta, at):
    text = HEAD + f"{days_ago(at, 20)};;K1;Grażyna Bielak;;Marta Zielińska;nowe\n"
    bring(tomek, branch_with_clients, text, at=at, kind="referrals")
    event = Event.objects.get(kind="referral.imported")
    assert event.by_id == tomek.pk
    assert event.data["originator"] == marta.public_id
    assert event.data["client"] == Client.objects.get(number="K1").public_id
