"""A file of moments: told once for good, rows rejected with line and reason, nobody stirred up."""

from datetime import timedelta

import pytest

from polecam.actions.moments import close_moment
from polecam.asking.models import Moment, MomentType
from polecam.clients.models import Client
from polecam.imports.models import RejectedRow
from polecam.imports.queries import cells_of
from polecam.journal.models import Event
from polecam.kit.periods import day_of
from polecam.privacy.models import Suppression
from tests.imports.support import bring, counts, upload

HEAD = "Nr klienta;Klient;Co się stało;Data;Do kiedy\n"


def ago(at, days: int) -> str:
    return (day_of(at, "Europe/Warsaw") - timedelta(days=days)).strftime("%d.%m.%Y")


@pytest.fixture
def two(numbered, jan, catalogue):
    """Anna (K-1) and Jan (K-2)."""
    return numbered, jan


def test_rows_become_moments_of_the_right_clients(two, branch, tomek, at):
    text = HEAD + (
        f"K-1;;Odbiór kluczy;{ago(at, 3)};\n"
        f";Jan Lis;praise;{ago(at, 1)};\n"
        f"K-1;Anna Kowalczyk;A complaint is open;{ago(at, 0)};\n"
        f"K-2;;high_rating;{ago(at, 2)};\n"
    )
    job = bring(tomek, branch, text, at=at, kind="moments")
    assert counts(job) == (4, 0, 0, 0)
    rows = Moment.objects.order_by("id").values_list(
        "client__number", "kind", "wrong", "source", "rating", "note", "noted_by"
    )
    assert list(rows) == [
        ("K-1", "keys", False, "import", None, "", tomek.pk),
        ("K-2", "praise", False, "import", None, "", tomek.pk),
        ("K-1", "complaint", True, "import", None, "", tomek.pk),
        ("K-2", "high_rating", False, "import", 9, "", tomek.pk),
    ]
    assert not Event.objects.filter(kind="moment.noted").exists(), "a chunk is one event"


def test_the_same_file_twice_is_heard_once_even_what_was_settled(two, branch, tomek, marta, at):
    text = HEAD + f"K-1;;complaint;{ago(at, 3)};\nK-1;;complaint;{ago(at, 3)};\n"
    assert counts(bring(tomek, branch, text, at=at, kind="moments")) == (1, 0, 1, 0)
    close_moment(by=marta, at=at, moment=Moment.objects.get())
    assert counts(bring(tomek, branch, text, at=at, kind="moments")) == (0, 0, 2, 0)
    assert Moment.objects.get().closed_at == at


def test_what_was_noted_by_hand_is_not_told_again(two, branch, tomek, marta, at):
    from polecam.actions.moments import note_moment

    on = day_of(at, "Europe/Warsaw")
    note_moment(by=marta, at=at, client=two[0], kind="keys", on=on)
    text = HEAD + f"K-1;;keys;{ago(at, 0)};\n"
    assert counts(bring(tomek, branch, text, at=at, kind="moments")) == (0, 0, 1, 0)


def test_bad_rows_are_rejected_with_line_and_reason_and_the_rest_stays(two, branch, tomek, at):
    MomentType.objects.filter(code="saving").update(used=False)
    rows = [
        (f"K-1;;keys;{ago(at, 1)};", None),
        (f"K-9;;keys;{ago(at, 1)};", ("client_not_here", "number")),
        (f"K-1;Jan Lis;keys;{ago(at, 2)};", ("number_of_another", "number")),
        (f"K-1;;pogoda;{ago(at, 1)};", ("kind_unknown", "kind")),
        (f"K-1;;saving;{ago(at, 1)};", ("kind_unused", "kind")),
        (f"K-1;;claim_paid;{ago(at, 1)};", ("kind_unused", "kind")),
        (f"K-1;;keys;{ago(at, -1)};", ("date_future", "date")),
        (f"K-1;;keys;{ago(at, 800)};", ("date_old", "date")),
        ("K-1;;keys;31.02.2026;", ("date_invalid", "date")),
        ("K-1;;keys;;", ("missing", "date")),
        (f";;keys;{ago(at, 1)};", ("missing", "full_name")),
        (f"K-1;;not_now;{ago(at, 1)};", ("missing", "until")),
        (f"K-1;;not_now;{ago(at, 1)};{ago(at, 5)}", ("until_before", "until")),
        (f"K-2;;not_now;{ago(at, 1)};{ago(at, -30)}", None),
    ]
    job = bring(tomek, branch, HEAD + "\n".join(row for row, _ in rows), at=at, kind="moments")
    told = {row.line: (row.reason, row.column) for row in RejectedRow.objects.all()}
    assert told == {n: why for n, (_, why) in enumerate(rows, start=2) if why}
    assert counts(job) == (2, 0, 0, 12)
    assert Moment.objects.get(kind="not_now").until == day_of(at, "Europe/Warsaw") + timedelta(30)


def test_who_wants_to_be_left_in_peace_is_kept_nowhere(two, branch, tomek, at):
    """One coarse reason for both, and no cells: the importer learns nothing of what was said."""
    anna, jan = two
    Client.objects.filter(pk=anna.pk).update(never_ask_at=at)
    jan.party.set_phone("+48601223344")
    jan.party.save()
    Suppression.objects.create(kind="phone", index=jan.party.phone_index, at=at)
    text = HEAD + f"K-1;;praise;{ago(at, 1)};\nK-2;;praise;{ago(at, 1)};\n"
    job = bring(tomek, branch, text, at=at, kind="moments")
    assert counts(job) == (0, 0, 0, 2)
    assert {row.reason for row in RejectedRow.objects.all()} == {"left_alone"}
    assert [cells_of(row) for row in RejectedRow.objects.all()] == [[""], [""]]
    assert not Moment.objects.exists()


def test_a_rehearsal_writes_nothing_and_columns_are_recognised(two, branch, tomek, at):
    text = HEAD + f"K-1;;keys;{ago(at, 1)};\n"
    job = upload(tomek, branch, text, at=at, kind="moments")
    assert job.mapping == {"0": "number", "1": "full_name", "2": "kind", "3": "date", "4": "until"}
    assert counts(bring(tomek, branch, text, at=at, kind="moments", dry_run=True)) == (1, 0, 0, 0)
    assert not Moment.objects.exists()


def test_a_file_of_another_branch_finds_nobody_here(two, firm, tomek, ada, at):
    from polecam.organisation.models import Branch
    from polecam.people.models import Membership

    other = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    Membership.objects.create(person=tomek, branch=other, role="manager", since=at)
    text = HEAD + f"K-1;;keys;{ago(at, 1)};\n"
    assert counts(bring(tomek, other, text, at=at, kind="moments")) == (0, 0, 0, 1)


def test_the_date_of_renewal_comes_with_a_file_of_clients(branch, marta, tomek, at):
    head = "Nr klienta;Imię i nazwisko;Opiekun;Data odnowienia\n"
    text = head + "K1;Ewa Nowak;Marta Zielinska;03.03.2027\nK2;Iga Lis;;01.01.1850\n"
    assert counts(bring(tomek, branch, text, at=at)) == (1, 0, 0, 1)
    assert str(Client.objects.get(number="K1").renews_on) == "2027-03-03"
    later = head + "K1;Ewa Nowak;Marta Zielinska;03.03.2028\n"
    assert counts(bring(tomek, branch, later, at=at)) == (0, 1, 0, 0)
    assert str(Client.objects.get(number="K1").renews_on) == "2028-03-03"
    empty = head + "K1;Ewa Nowak;Marta Zielinska;\n"
    assert counts(bring(tomek, branch, empty, at=at)) == (0, 0, 1, 0)


def test_the_person_reads_what_was_noted_and_where_it_came_from(two, branch, tomek, at):
    from django.utils import translation

    from polecam.asking import subject

    bring(tomek, branch, HEAD + f"K-1;;keys;{ago(at, 1)};\n", at=at, kind="moments")
    with translation.override("pl"):
        told = subject.export(two[0].party)["moments"]
    assert [(row["kind"], row["learned_from"]) for row in told] == [("Odbiór kluczy", "import")]
    assert subject.erase(two[0].party, at) >= 1
    assert not Moment.objects.exists()
