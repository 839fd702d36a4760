"""My referrals, one of them, and each act through its page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from polecam.actions import sales
from polecam.kit.periods import day_of
from polecam.organisation.models import Setting
from polecam.referrals.models import Contact, Grant, Meeting
from polecam.sales.models import Sale
from tests.referrals.growing import captured, consented

PHONE = "+48600100200"


@pytest.fixture
def kasia(anna, plan, at):
    """Katarzyna, who agreed to a call yesterday."""
    return consented(anna, at=at - timedelta(days=1), plan=plan.pk)


@pytest.fixture
def web(client, marta):
    """Marta's browser, in Polish."""
    client.force_login(marta)
    return client


def address(name, referral):
    return reverse(f"referrals:{name}", args=[referral.public_id])


def text_of(response):
    return re.sub(r"[\u00a0\u202f]", " ", response.content.decode())


def test_the_empty_list_says_where_to_begin(web):
    assert "Tu wyrośnie pierwsze polecenie" in text_of(web.get("/referrals/"))


def test_groups_and_search_and_links(web, anna, kasia, at):
    captured(anna, at=at, first="Łucja")
    page = text_of(web.get("/referrals/"))
    assert page.index("Czeka na zgodę") < page.index("Do kontaktu")
    assert "Katarzyna Bielak" in page
    assert "od Anny Kowalczyk" in page
    assert PHONE[-9:] not in page
    assert "Bielak" not in text_of(web.get("/referrals/?q=lucja"))
    assert "Łucja" in text_of(web.get("/referrals/?q=lucja"))
    assert "Katarzyna" in text_of(web.get("/referrals/?q=KOWALCZYK"))
    assert "Łucja" not in text_of(web.get("/referrals/?show=move"))
    assert "Bielak" in text_of(web.get("/referrals/?show=contact&page=99"))
    assert web.get("/referrals/?show=nonsense&page=x").status_code == 200


def test_a_last_name_is_not_found_by_who_does_not_hold(web, anna, kamil, at):
    second = consented(anna, at=at, holder=kamil, second=True)
    assert second.originator != kamil
    page = text_of(web.get("/referrals/"))
    assert "Katarzyna" in page
    assert "Bielak" not in page
    assert "Katarzyna" not in text_of(web.get("/referrals/?q=bielak"))
    one = text_of(web.get(address("one", second)))
    assert "Bielak" not in one


def test_long_lists_turn_pages(web, anna, at):
    for i in range(60):
        captured(anna, at=at - timedelta(minutes=i), first=f"Osoba{chr(97 + i % 26)}")
    first = text_of(web.get("/referrals/"))
    assert first.count('class="row"') == 50
    assert "page=2" in first
    second = text_of(web.get("/referrals/?page=2"))
    assert second.count('class="row"') == 10


def test_other_roles_do_not_enter(client, kasia, kamil, tomek, ada, irena, pawel):
    for person, listed, one in [
        (kamil, 200, 404),
        (tomek, 200, 404),
        (ada, 403, 403),
        (irena, 403, 403),
        (pawel, 403, 403),
    ]:
        client.force_login(person)
        assert client.get("/referrals/").status_code == listed
        assert "Katarzyna" not in text_of(client.get("/referrals/"))
        assert client.get(address("one", kasia)).status_code == one
        for name in ("contact", "meeting", "step", "won", "lost"):
            assert client.get(address(name, kasia)).status_code == one
            assert client.post(address(name, kasia)).status_code == one
        for name in ("number", "held", "missed", "take_back"):
            assert client.post(address(name, kasia)).status_code == one


def test_one_referral_tells_its_story(web, kasia):
    page = text_of(web.get(address("one", kasia)))
    for said in (
        "Katarzyna Bielak",
        "Twój ruch",
        "z polecenia pani Anny",
        "Spodziewana premia",
        "7f3a…7f3a",
        "Podziękuj pani Annie",
        "Drzewo poleceń",
        "Dziennik",
    ):
        assert said in page, said
    assert PHONE[-9:] not in page.replace(" ", "")
    assert 'style="' not in page


def test_a_waiting_one_can_be_passed_on_again(web, anna, at):
    piotr = captured(anna, at=at)
    page = text_of(web.get(address("one", piotr)))
    assert reverse("capture:receipt", args=[piotr.public_id]) in page
    assert reverse("capture:show", args=[piotr.invitation.public_id]) in page
    assert "Pokaż numer" not in page
    assert web.get(reverse("capture:receipt", args=[piotr.public_id])).status_code == 200


def test_an_old_qr_does_not_name_the_client(web, kasia):
    kasia.invitation.shown_by_seller = True
    kasia.invitation.save()
    assert "z polecenia pani Anny" not in text_of(web.get(address("one", kasia)))


def test_the_number_is_shown_on_demand_to_the_holder_only(web, client, kasia, kamil, at):
    answer = web.post(address("number", kasia), {"channel": "phone"})
    assert f"tel:{PHONE}" in answer.content.decode()
    piece = web.post(address("number", kasia), {"channel": "phone"}, headers={"HX-Request": "true"})
    assert "<html" not in piece.content.decode()
    assert web.get(address("number", kasia)).status_code == 405
    assert web.post(address("number", kasia), {"channel": "email"}).status_code == 409
    Grant.objects.create(referral=kasia, person=kamil, why="assist", since=at)
    client.force_login(kamil)
    assert client.post(address("number", kasia), {"channel": "phone"}).status_code == 403


def test_a_contact_without_consent_is_409(web, kasia):
    sent = {"channel": "email", "result": "reached", "key": "a"}
    assert web.post(address("contact", kasia), sent).status_code == 409
    assert not Contact.objects.exists()


def test_a_contact_is_noted_once(web, kasia):
    page = text_of(web.get(address("contact", kasia)))
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    for _ in range(2):
        sent = {"channel": "phone", "result": "reached", "key": key}
        answer = web.post(address("contact", kasia), sent)
        assert answer.status_code == 303
    assert Contact.objects.count() == 1
    assert "Zapisane. Wyłączność" in text_of(web.get(address("one", kasia)))


def test_meeting_and_what_came_of_it(web, kasia, at):
    day = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    answer = web.post(address("meeting", kasia), {"day": day, "hour": "10:00"})
    assert answer.status_code == 303
    assert "Odbyło się" in text_of(web.get(address("one", kasia)))
    assert web.post(address("held", kasia)).status_code == 303
    assert Meeting.objects.get().held_at
    far = web.post(address("meeting", kasia), {"day": "2020-01-01", "hour": "10:00"})
    assert far.status_code == 422
    assert 'value="2020-01-01"' in text_of(far)


def test_sold_with_polish_numbers(web, kasia):
    today = datetime.now(UTC).date().isoformat()
    sent = {"value": "250 000,00", "margin": "6 400,00 zł", "sold_on": today, "contract": "U/1"}
    wrong = web.post(address("won", kasia), sent | {"margin": "sześć"})
    assert wrong.status_code == 422
    assert 'value="sześć"' in text_of(wrong)
    assert 'value="250 000,00"' in text_of(wrong)
    assert web.post(address("won", kasia), sent).status_code == 303
    sale = Sale.objects.get()
    assert (sale.value_grosze, sale.margin_grosze) == (25_000_000, 640_000)
    page = text_of(web.get(address("one", kasia)))
    assert "Premia prawdopodobna" in page
    assert "800 zł" in page  # 12.5% of 6,400 zł
    assert web.post(address("take_back", kasia)).status_code == 303
    assert not Sale.objects.exists()
    assert web.post(address("take_back", kasia)).status_code == 303, "a double tap is one"
    assert web.post(address("won", kasia), sent).status_code == 303, "a slip costs nothing"
    assert Sale.objects.get().state == "reported"


def test_a_late_sale_asks_why(web, anna, plan, at):
    old = consented(anna, at=at - timedelta(days=30), plan=plan.pk)
    day = (at - timedelta(days=10)).date().isoformat()
    sent = {"value": "1000", "margin": "10", "sold_on": day}
    answer = web.post(address("won", old), sent)
    assert answer.status_code == 422
    assert "late_reason" in text_of(answer)
    assert web.post(address("won", old), sent | {"late_reason": "papers"}).status_code == 303


def test_next_step_and_quiet_end(web, kasia):
    day = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
    sent = {"step": "decision", "on": day}
    assert web.post(address("step", kasia), sent).status_code == 303
    assert "zastanawia się" in text_of(web.get("/referrals/"))
    assert web.post(address("lost", kasia), {}).status_code == 422
    assert web.post(address("lost", kasia), {"reason": "not_now"}).status_code == 303
    assert "Zakończone: nie teraz" in text_of(web.get(address("one", kasia)))


def test_second_recommendation_is_told_blindly(web, anna, branch, kamil, at):
    from tests.cast import client as a_client

    consented(a_client(branch, kamil, "Jan", "Wilczek", at=at), at=at)
    second = consented(anna, at=at, second=True, holder=None)
    second.second = True
    second.save()
    second.refresh_from_db()
    from polecam.claims.models import Claim

    Claim.objects.filter(referral=second).delete()
    page = text_of(web.get(address("one", second)))
    assert "była już polecona" in page or "już wcześniej" in page
    assert "Kamil" not in page
    assert "Wilcz" not in page


def test_a_manager_reads_after_the_notice_without_money(client, kasia, marta, tomek, at):
    marta.notice_acknowledged_at = at - timedelta(days=1)
    marta.save()
    Setting.objects.create(
        key="monitoring_notice",
        value=(at - timedelta(days=20)).date().isoformat(),
        valid_from=at - timedelta(days=20),
        set_at=at - timedelta(days=20),
    )
    client.force_login(tomek)
    page = text_of(client.get(address("one", kasia)))
    assert "Katarzyna" in page
    for hidden in ("Bielak", "Spodziewana premia", "Podziękuj", "Twój ruch", PHONE[-9:]):
        assert hidden not in page, hidden
    assert client.post(address("number", kasia), {"channel": "phone"}).status_code == 403


def test_pages_ask_the_database_little(
    web, kasia, anna, plan, at, django_assert_max_num_queries, tomek
):
    for i in range(55):
        consented(anna, at=at - timedelta(hours=i + 1), phone=f"+486001003{i:02}", plan=plan.pk)
    Meeting.objects.create(referral=kasia, at=at + timedelta(days=2), set_by=kasia.originator)
    kasia.state = "meeting"
    kasia.save()
    sold = consented(anna, at=at - timedelta(days=2), phone="+48600100999", plan=plan.pk)
    today = day_of(at, "Europe/Warsaw")
    sale = sales.report(
        by=sold.originator,
        at=at,
        referral=sold,
        value_grosze=900_000,
        margin_grosze=90_000,
        sold_on=today,
    )
    sales.confirm(by=tomek, at=at, sale=sale)
    one_more = connection.vendor == "postgresql"  # SQLite keeps sessions in a file apart
    for path in ("/referrals/", address("one", kasia), address("one", sold)):
        web.get(path)
        with django_assert_max_num_queries(12 + one_more):
            assert web.get(path).status_code == 200
