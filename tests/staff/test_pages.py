"""The pages of people: nothing typed is lost, what follows is told before, who may see what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from polecam.actions import absences, departures
from polecam.journal.models import Event
from polecam.kit.periods import day_of
from polecam.people.models import Departure, Deputy, Membership, PlannedMove, Welcome
from tests.cast import ZONE, person
from tests.portfolio.support import led

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk(client, ada):
    client.cookies["language"] = "en"
    client.force_login(ada)
    return client


def seen(answer) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def typed(answer) -> dict[str, str]:
    """What the form of the list would send."""
    rows = answer.context["rows"]
    found = {"key": answer.context["key"], "row": [str(row.number) for row in rows]}
    for row in rows:
        n = row.number
        found |= {
            f"email-{n}": row.guest.email, f"first-{n}": row.guest.first_name,
            f"last-{n}": row.guest.last_name, f"branch-{n}": row.branch,
            f"role-{n}": row.guest.role, f"language-{n}": row.guest.language,
        }  # fmt: skip
    return found


LIST = """E-mail;Imię;Nazwisko;Oddział;Rola
ola@o.pl;Ola;Pik;Kazimierz;szef
x@o.pl;Jan;;Mars;
"""


def test_a_list_is_looked_at_mended_and_invited(desk, ada, branch, kazimierz):
    start = {"branch": branch.public_id, "role": "seller", "language": "pl"}
    look = desk.post(reverse("staff:invite_many"), {"people": LIST, **start})
    assert look.status_code == 200
    assert "The list says: Mars" in seen(look)
    assert not Welcome.objects.exists(), "nothing is sent before somebody looked"
    form = typed(look)
    again = desk.post(reverse("staff:invite_all"), form)
    assert (again.status_code, Welcome.objects.count()) == (422, 0)
    assert 'value="Jan"' in again.content.decode(), "nothing typed is lost"
    form["branch-2"] = branch.public_id
    checked = desk.post(reverse("staff:invite_check"), form)
    assert "2 people can be invited" in seen(checked)
    assert desk.post(reverse("staff:invite_all"), form).status_code == 303
    assert desk.post(reverse("staff:invite_all"), form).status_code == 303, "twice is once"
    made = {w.email: (w.branch, w.role) for w in Welcome.objects.all()}
    assert made == {"ola@o.pl": (kazimierz, "manager"), "x@o.pl": (branch, "seller")}
    page = seen(desk.get(reverse("staff:invitations")))
    assert page.count("/welcome/") >= 2, "links to copy for a quarter of an hour"


def test_a_file_and_a_row_left_out(desk, marta, branch):
    content = f"ola@o.pl;Ola Pik\n{marta.email};Marta\n".encode("utf-16")
    file = SimpleUploadedFile("lista.txt", content)
    start = {"branch": branch.public_id, "role": "seller", "language": "en", "file": file}
    look = desk.post(reverse("staff:invite_many"), start)
    assert "1 person can be invited" in seen(look)
    assert "works here already" in seen(look)
    assert desk.post(reverse("staff:invite_all"), typed(look)).status_code == 303
    assert [(w.email, w.language) for w in Welcome.objects.all()] == [("ola@o.pl", "en")]


@pytest.mark.parametrize(("people", "said"), [("", "Paste a list"), ("###", "not an e-mail")])
def test_what_is_no_list(desk, branch, people, said):
    start = {"branch": branch.public_id, "role": "seller", "language": "pl", "people": people}
    assert said in seen(desk.post(reverse("staff:invite_many"), start))


def test_too_many_at_once(desk, branch):
    people = "\n".join(f"a{n}@o.pl" for n in range(121))
    start = {"branch": branch.public_id, "role": "seller", "language": "pl", "people": people}
    answer = desk.post(reverse("staff:invite_many"), start)
    assert (answer.status_code, "a120@o.pl" in seen(answer)) == (422, True)


def test_conflicting_duties_are_explained_before_they_are_saved(desk, marta, branch):
    address = reverse("setup:role", args=[marta.public_id])
    want = {"branch": branch.public_id, "role": "payroll"}
    answer = desk.post(address, want)
    assert answer.status_code == 422
    assert "another person always confirms their sales" in seen(answer)
    assert desk.post(address, want | {"knowing": "on"}).status_code == 303
    held = Membership.objects.filter(person=marta, until=None).values_list("role", flat=True)
    assert set(held) == {"seller", "payroll"}


def test_a_move_is_told_before_it_is_planned(desk, marta, branch, kazimierz, anna, plan, at):
    led(anna, marta, 1, at - DAY, plan)
    want = {
        "origin": branch.public_id, "target": kazimierz.public_id, "role": "seller",
        "on": (day_of(at, ZONE) + 3 * DAY).isoformat(), "clients": "along",
    }  # fmt: skip
    told = seen(desk.get(reverse("staff:move", args=[marta.public_id]), want))
    assert "1 client goes along" in told
    assert "1 referral they lead goes on with them" in told
    assert "The bonus plan stays the same" in told
    assert not PlannedMove.objects.exists()
    desk.post(reverse("staff:plan_move", args=[marta.public_id]), want)
    move = PlannedMove.objects.get()
    assert "Take this move back" in seen(desk.get(reverse("setup:person", args=[marta.public_id])))
    desk.post(reverse("staff:cancel_move", args=[move.public_id]))
    move.refresh_from_db()
    assert move.cancelled_at


def test_a_last_day_is_planned_and_taken_back(desk, marta, at):
    who = [marta.public_id]
    today = day_of(at, ZONE)
    desk.post(reverse("staff:plan_leaving", args=who), {"last": (today + DAY).isoformat()})
    assert Departure.objects.get().on == today + 2 * DAY
    assert "They stay" in seen(desk.get(reverse("setup:leave", args=who)))
    desk.post(reverse("staff:stay", args=who))
    assert Departure.objects.get().cancelled_at
    late = desk.post(reverse("staff:plan_leaving", args=who), {"last": "2020-01-01"})
    assert (late.status_code, "2020-01-01" in seen(late)) == (422, True)


def test_amounts_are_for_payroll_alone(desk, client, ada, pawel, marta, anna, plan, at):
    departures.leave(by=ada, at=at, person=marta)
    address = reverse("staff:settled", args=[marta.public_id])
    assert "zł" not in seen(desk.get(address))
    client.force_login(pawel)
    assert client.get(address).status_code == 200
    assert _fetched(client, marta) == 200
    assert Event.objects.filter(kind="export.of_leaver", by_id=pawel.pk).count() == 1
    assert client.get(reverse("setup:leave", args=[marta.public_id])).status_code == 403


def _fetched(client, leaver) -> int:
    return client.post(reverse("staff:records_of", args=[leaver.public_id])).status_code


def test_payroll_of_another_branch_sees_no_amounts(client, ada, marta, anna, plan, kazimierz, at):
    since, until = at - 200 * DAY, at - 100 * DAY
    Membership.objects.create(
        person=marta, branch=kazimierz, role="seller", since=since, until=until
    )
    other = person(kazimierz, "payroll", "Lech", "Obcy", "m", at=at)
    departures.leave(by=ada, at=at, person=marta)
    client.force_login(other)
    assert "zł" not in seen(client.get(reverse("staff:settled", args=[marta.public_id])))
    assert _fetched(client, marta) == 404
    assert not Event.objects.filter(kind="export.of_leaver").exists()


def test_a_branch_left_without_a_manager_is_said(desk, tomek, kazimierz, zofia):
    told = seen(desk.get(reverse("setup:leave", args=[tomek.public_id])))
    assert "Nobody else leads Oddział Podgórze" in told


def test_the_manager_names_a_deputy_and_the_team_sees_it(client, tomek, kamil, marta, branch, at):
    client.cookies["language"] = "en"
    client.force_login(tomek)
    today = day_of(at, ZONE)
    want = {
        "manager": f"{branch.public_id}:{tomek.public_id}", "person": kamil.public_id,
        "since": today.isoformat(), "last": (today + 2 * DAY).isoformat(),
    }  # fmt: skip
    assert client.post(reverse("staff:name_deputy"), want).status_code == 303
    deputy = Deputy.objects.get()
    assert deputy.until == today + 3 * DAY
    client.force_login(marta)
    assert "Kamil Duda stands in for Tomasz Wrona" in seen(client.get(reverse("team:team")))
    client.force_login(kamil)
    assert "You stand in for Tomasz Wrona" in seen(client.get(reverse("branch:branch")))
    assert client.get(reverse("staff:deputies")).status_code == 200, "a manager's page"
    assert client.post(reverse("staff:name_deputy"), want).status_code in (403, 422)
    client.post(reverse("staff:end_deputy", args=[deputy.public_id]))
    assert client.get(reverse("branch:branch")).status_code == 403


def test_back_from_an_absence(client, marta, kamil, at):
    client.cookies["language"] = "en"
    today = day_of(at, ZONE)
    client.force_login(marta)
    assert client.get(reverse("staff:meanwhile")).status_code == 302
    away = absences.plan(by=marta, at=at, person=marta, since=today, until=today + DAY, cover=kamil)
    answer = client.post(reverse("handoffs:back", args=[away.public_id]), follow=True)
    assert "Good that you are back" in seen(answer)
    assert "Kamil Duda stood in for you" in seen(answer)
    assert "What happened while you were away" in seen(client.get(reverse("fair:waiting")))


def test_own_records_are_a_workbook(client, marta):
    client.force_login(marta)
    answer = client.get(reverse("staff:records"))
    assert answer.content[:2] == b"PK"


def test_an_admin_of_one_branch_sees_nobody_of_another(client, branch, zofia, at):
    other = person(branch, "admin", "Iga", "Lis", "f", at=at)
    client.force_login(other)
    for name in ("setup:person", "setup:leave", "staff:move"):
        assert client.get(reverse(name, args=[zofia.public_id])).status_code == 404
    theirs = Membership.objects.get(person=zofia)
    assert client.post(reverse("staff:end_role", args=[theirs.public_id])).status_code == 404
