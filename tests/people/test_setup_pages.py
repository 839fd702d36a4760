"""The pages of settings: typed as people type, nothing typed is lost, the past stays."""

import pytest
from django.urls import reverse

from polecam.organisation.models import Organisation, Setting
from polecam.people.models import Membership, Person, Welcome
from tests.support.twice import twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def address(key: str) -> str:
    return reverse("setup:setting", args=[key])


@pytest.mark.parametrize("typed", ["1480,50", "1480.50"])
def test_money_with_a_comma_or_a_dot(desk, typed):
    form = {"value": typed, "why": "Rozliczenie marketingu"}
    answer = twice(desk, address("cost_of_client_grosze"), form)
    assert (answer.status_code, Setting.objects.get().value) == (303, 148_050)
    again = desk.get(address("cost_of_client_grosze")).content.decode()
    assert "1480,5" in again


def test_nothing_entered_hides_the_savings_again(desk):
    twice(desk, address("cost_of_client_grosze"), {"value": "100", "why": "Szacunek"})
    twice(desk, address("cost_of_client_grosze"), {"value": ""})
    assert Setting.objects.order_by("id").last().value is None


def test_a_figure_says_where_it_is_from(desk):
    answer = desk.post(address("cost_of_client_grosze"), {"value": "1480"})
    assert (answer.status_code, Setting.objects.exists()) == (422, False)


def test_a_refusal_keeps_what_was_typed(desk):
    answer = desk.post(address("inactive_days"), {"value": "900", "why": ""})
    assert answer.status_code == 422
    assert 'value="900"' in answer.content.decode()
    assert not Setting.objects.exists()


def test_yes_needs_a_reason_where_it_loosens(desk):
    key = "sms_without_gateway_unlocks"
    assert desk.post(address(key), {"value": "yes"}).status_code == 422
    assert twice(desk, address(key), {"value": "yes", "why": "Brak bramki"}).status_code == 303
    assert Setting.objects.get().value is True


def test_a_day_of_the_past_is_refused(desk):
    typed = {"value": "3", "starts": "2020-01-01"}
    assert desk.post(address("weekly_goal"), typed).status_code == 422


def test_inviting_shows_the_link_to_the_inviter_for_a_while(desk, ada, branch, at):
    typed = {"email": "nina@o.example", "branch": branch.public_id, "role": "seller"}
    typed["language"] = "pl"
    answer = desk.post(reverse("setup:invite"), typed, follow=True)
    welcome = Welcome.objects.get()
    assert f"/welcome/{welcome.public_id}-" in answer.content.decode()
    welcome.created_at = at.replace(year=at.year - 1)
    welcome.save(update_fields=["created_at"])
    assert desk.get(reverse("setup:invited", args=[welcome.public_id])).status_code == 404


def test_a_role_and_leaving_through_the_pages(desk, marta, branch):
    person = [marta.public_id]
    typed = {"branch": branch.public_id, "role": "manager"}
    assert desk.post(reverse("setup:role", args=person), typed).status_code == 303
    held = Membership.objects.filter(person=marta, until=None).values_list("role", flat=True)
    assert set(held) == {"seller", "manager"}, "one role more"
    assert desk.get(reverse("setup:leave", args=person)).status_code == 200
    assert desk.post(reverse("setup:leave", args=person)).status_code == 303
    assert not Person.objects.get(pk=marta.pk).is_active


def test_the_firm_and_a_new_branch(desk, ada):
    typed = {"name": "Bank Olszyna SA", "address": "ul. Leśna 2", "privacy_contact": "iod@o.pl"}
    assert desk.post(reverse("setup:firm"), typed).status_code == 303
    assert Organisation.objects.get().address == "ul. Leśna 2"
    typed = {"level": "branch", "name": "Krowodrza"}
    assert desk.post(reverse("tree:open_top"), typed).status_code == 303
    typed["name"] = "krowodrza"
    assert desk.post(reverse("tree:open_top"), typed).status_code == 422


def test_the_notice_is_announced_and_read(desk, client, marta, at):
    typed = {"on": at.date().isoformat(), "rule": "Regulamin pracy"}
    assert desk.post(reverse("setup:notice"), typed).status_code == 303
    client.force_login(marta)
    assert client.post(reverse("setup:read_notice")).status_code == 303
    marta.refresh_from_db()
    assert marta.notice_acknowledged_at
