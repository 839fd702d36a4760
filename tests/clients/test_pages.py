"""Clients through the doors: who sees what, and that nothing typed is lost."""

import re

import pytest
from django.test import Client as Web
from django.urls import reverse

from polecam.actions import clients
from polecam.clients.models import Client
from polecam.kit.periods import day_of
from tests import cast


def signed_in(person) -> Web:
    web = Web()
    web.force_login(person)
    return web


@pytest.fixture
def reachable(anna):
    """Anna with phone and e-mail."""
    anna.party.set_phone("+48601223344")
    anna.party.set_email("anna@przyklad.pl")
    anna.party.save()
    return anna


def page_of(client, person) -> str:
    answer = signed_in(person).get(reverse("clients:one", args=[client.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_owner_reads_contact_the_boss_does_not(reachable, marta, tomek, at):
    day = day_of(at, "Europe/Warsaw")
    clients.note_moment(by=marta, at=at, client=reachable, kind="keys", on=day, note="sekret")
    own, boss = page_of(reachable, marta), page_of(reachable, tomek)
    assert "601 223 344" in own
    assert "sekret" in own
    for hidden in ("601", "anna@przyklad.pl", "sekret"):
        assert hidden not in boss
    assert "Anna Kowalczyk" in boss


def test_a_colleague_sees_a_shared_client_without_contact(reachable, kamil):
    url = reverse("clients:one", args=[reachable.public_id])
    assert signed_in(kamil).get(url).status_code == 404
    Client.objects.update(shared=True)
    shown = page_of(reachable, kamil)
    assert "601" not in shown
    assert reverse("clients:wrong", args=[reachable.public_id]) in shown


@pytest.mark.parametrize("who", ["ada", "irena", "pawel"])
def test_others_have_no_door(reachable, who, request):
    web = signed_in(request.getfixturevalue(who))
    assert web.get(reverse("clients:list")).status_code == 403
    assert web.get(reverse("clients:one", args=[reachable.public_id])).status_code == 403


def test_the_list_has_mine_shared_and_for_the_boss_the_branchs(
    reachable, branch, marta, kamil, tomek, at
):
    cast.client(branch, kamil, "Piotr", "Zaręba", at=at, shared=True)
    web = signed_in(marta)
    assert "Piotr" not in web.get(reverse("clients:list")).content.decode()
    assert "Piotr" in web.get(reverse("clients:list"), {"show": "shared"}).content.decode()
    assert "show=branch" not in web.get(reverse("clients:list")).content.decode()
    boss = signed_in(tomek).get(reverse("clients:list"), {"show": "branch", "q": "kowal"})
    assert "Anna Kowalczyk" in boss.content.decode()
    assert "Piotr" not in boss.content.decode()


def test_a_name_is_escaped(branch, marta, at):
    cast.client(branch, marta, "<b>Ewa", "<script>", at=at)
    shown = signed_in(marta).get(reverse("clients:list")).content.decode()
    assert "<script>x" not in shown
    assert "&lt;b&gt;Ewa" in shown


def test_a_client_is_added_and_a_wrong_phone_keeps_what_was_typed(branch, marta):
    web = signed_in(marta)
    typed = {"first_name": "Ewa", "last_name": "Lis", "form": "f", "phone": "12"}
    answer = web.post(reverse("clients:new"), typed)
    assert answer.status_code == 422
    assert 'value="Lis"' in answer.content.decode()
    assert not Client.objects.exists()
    answer = web.post(reverse("clients:new"), typed | {"phone": "601 223 344"})
    assert answer.status_code == 303
    assert Client.objects.get().owner == marta


def test_data_are_put_right_by_the_owner(reachable, marta, kamil):
    url = reverse("clients:change", args=[reachable.public_id])
    web = signed_in(marta)
    assert 'value="+48601223344"' in web.get(url).content.decode()
    typed = {"first_name": "Anna", "last_name": "Nowak", "phone": "602000111", "email": ""}
    assert web.post(url, typed).status_code == 303
    party = Client.objects.get().party
    assert (party.full_name, party.phone, party.email) == ("Anna Nowak", "+48602000111", "")
    Client.objects.update(shared=True)
    assert signed_in(kamil).get(url).status_code == 404


def test_peace_is_one_tap(reachable, marta):
    web = signed_in(marta)
    args = [reachable.public_id]
    assert web.get(reverse("clients:never", args=args)).status_code == 405
    web.post(reverse("clients:never", args=args))
    assert Client.objects.get().never_ask_at
    assert reverse("clients:undo_never", args=args) in page_of(reachable, marta)
    web.post(reverse("clients:undo_never", args=args))
    assert Client.objects.get().never_ask_at is None
    assert web.post(reverse("clients:rest", args=args), {"until": "2001-01-01"}).status_code == 422
    far = {"until": f"{reachable.created_at.year + 1}-12-31"}
    assert web.post(reverse("clients:rest", args=args), far).status_code == 303
    assert Client.objects.get().resting_until
    web.post(reverse("clients:rest_over", args=args))
    assert Client.objects.get().resting_until is None


def test_a_wrong_moment_is_noted_and_settled(reachable, marta):
    web = signed_in(marta)
    web.post(reverse("clients:wrong", args=[reachable.public_id]), {"kind": "complaint"})
    shown = page_of(reachable, marta)
    settle = re.search(r'action="(/clients/[^"]+/moment/[^"]+/over/)"', shown)
    assert settle
    assert web.post(settle[1]).status_code == 303
    assert settle[1] not in page_of(reachable, marta)


def test_the_boss_gives_and_shares(reachable, marta, kamil, tomek):
    args = [reachable.public_id]
    boss, seller = signed_in(tomek), signed_in(marta)
    given = {"owner": kamil.public_id}
    assert seller.post(reverse("clients:assign", args=args), given).status_code == 403
    assert boss.post(reverse("clients:assign", args=args), given).status_code == 303
    assert boss.post(reverse("clients:share", args=args), {"shared": "yes"}).status_code == 303
    client = Client.objects.get()
    assert (client.owner, client.shared) == (kamil, True)
    assert boss.post(reverse("clients:assign", args=args), {"owner": "nobody"}).status_code == 409
