"""The desk of whoever confirms: lists, words, a file; never the own money."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from polecam.actions import referrals_work, sales
from polecam.kit.periods import day_of
from polecam.sales.models import Complaint, Sale
from tests.cast import client as a_client
from tests.referrals.growing import consented


@pytest.fixture
def day(at):
    return day_of(at, "Europe/Warsaw")


def sold(referral, by, at, **more):
    figures = {
        "value_grosze": 25_627_400,
        "margin_grosze": 660_000,
        "sold_on": day_of(at, "Europe/Warsaw"),
        "contract": "U/2026/4000",
    }
    return sales.report(by=by, at=at, referral=referral, **(figures | more))


@pytest.fixture
def sale(anna, marta, plan, at):
    kasia = consented(anna, at=at - timedelta(days=20), plan=plan.pk)
    return sold(kasia, marta, at)


@pytest.fixture
def boss(client, tomek):
    client.force_login(tomek)
    return client


def text_of(response):
    return re.sub(r"[\u00a0\u202f]", " ", response.content.decode())


def address(name, *args):
    return reverse(f"confirm:{name}", args=args)


def test_the_list_and_a_confirmation(boss, sale, marta, at):
    page = text_of(boss.get("/confirm/"))
    for said in ("Katarzyna Bielak", "Marta", "umowa U/2026/4000", "6 600"):
        assert said in page, said
    assert "600100200" not in page.replace(" ", "")
    assert boss.post(address("sale", sale.public_id)).status_code == 303
    assert boss.post(address("sale", sale.public_id)).status_code == 303
    sale.refresh_from_db()
    assert sale.state == "confirmed"
    assert "Nic na Ciebie nie czeka" in text_of(boss.get("/confirm/"))
    assert "Katarzyna Bielak" in text_of(boss.get("/confirm/sold/?q=u/2026/4000"))
    assert "Katarzyna Bielak" not in text_of(boss.get("/confirm/sold/?q=wilk"))


def test_a_meeting_shows_a_first_name_only(boss, anna, marta, plan, at):
    kasia = consented(anna, at=at - timedelta(days=3), plan=plan.pk)
    meeting = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at - timedelta(hours=2)
    )
    assert "Katarzyna" not in text_of(boss.get("/confirm/"))
    referrals_work.hold_meeting(by=marta, at=at, meeting=meeting)
    page = text_of(boss.get("/confirm/"))
    assert "Katarzyna" in page
    assert "Bielak" not in page
    assert boss.post(address("meeting", meeting.public_id)).status_code == 303
    meeting.refresh_from_db()
    assert meeting.confirmed_at


def test_own_sales_stand_apart(boss, branch, tomek, plan, at):
    own = consented(
        a_client(branch, tomek, "Ewa", "Polak", at=at), at=at - timedelta(days=2), plan=plan.pk
    )
    sale = sold(own, tomek, at)
    page = text_of(boss.get("/confirm/"))
    assert "Twoje, dla kogoś innego" in page
    assert address("sale", sale.public_id) not in page
    boss.post(address("sale", sale.public_id))
    sale.refresh_from_db()
    assert sale.state == "reported"


def test_other_roles_stay_outside(client, sale, marta, kamil, irena, pawel, ada):
    for person in (marta, kamil, irena, pawel):
        client.force_login(person)
        for path in ("/confirm/", "/confirm/sold/", "/confirm/file/"):
            assert client.get(path).status_code == 403
        assert client.post(address("sale", sale.public_id)).status_code == 403
    client.force_login(ada)
    assert client.get("/confirm/").status_code == 200
    assert client.get(address("complaint", sale.public_id)).status_code == 403


def test_complaint_and_decision(boss, sale, tomek, at):
    sales.confirm(by=tomek, at=at, sale=sale)
    path = address("complaint", sale.public_id)
    assert boss.get(path).status_code == 200
    assert boss.post(path, {"ground": "", "note": "Zbyt szybko."}).status_code == 422
    assert boss.post(path, {"ground": "pressure", "note": "Zbyt szybko."}).status_code == 303
    complaint = Complaint.objects.get()
    assert "Zbyt szybko." in text_of(boss.get("/confirm/"))
    path = address("decide", complaint.public_id)
    wrong = boss.post(path, {"upheld": "yes", "decision": ""})
    assert wrong.status_code == 422
    assert boss.post(path, {"upheld": "yes", "decision": "Rozmowa."}).status_code == 303
    complaint.refresh_from_db()
    assert complaint.upheld is True


def test_a_sale_that_does_not_count(boss, sale):
    path = address("void", sale.public_id)
    assert boss.get(path).status_code == 200
    assert boss.post(path, {"reason": "whim"}).status_code == 422
    assert boss.post(path, {"reason": "not_concluded"}).status_code == 303
    sale.refresh_from_db()
    assert sale.state == "void"


def csv(day, *rows):
    head = "Nr umowy;Data;Klient;Telefon;Produkt;Wartość;Marża;Sprzedawca\r\n"
    body = "\r\n".join(rows).format(day=day.strftime("%d.%m.%Y"))
    return SimpleUploadedFile("sprzedaz.csv", ("\ufeff" + head + body).encode(), "text/csv")


def test_a_file_is_matched_ticked_and_confirmed(boss, sale, branch, kamil, tomek, plan, at, day):
    jan = consented(
        a_client(branch, kamil, "Jan", "Wilczek", at=at),
        at=at - timedelta(days=9),
        first="Jakub",
        last="Sikora",
        phone="+48601222333",
        plan=plan.pk,
    )
    by_phone = sold(jan, kamil, at, contract="", margin_grosze=100_000)
    own = consented(
        a_client(branch, tomek, "Ewa", "Polak", at=at),
        at=at - timedelta(days=2),
        first="Ola",
        last="Bąk",
        phone="+48601222444",
        plan=plan.pk,
    )
    sold(own, tomek, at, contract="U/2026/7")
    file = csv(
        day,
        "U/2026/4000;{day};Bielak Katarzyna;+48600100200;;256 274,00 zł;6623,42;Marta Zielinska",
        "U/2026/4001;{day};Sikora Jakub;+48601222333;konto;277 444,00 zł;1000,00;Kamil Duda",
        "U/2026/7;{day};Bąk Ola;+48601222444;konto;1 000,00 zł;100,00;Tomasz Wrona",
        "U/2026/8;{day};Nikt Znany;+48601222555;konto;1 000,00 zł;100,00;Kamil Duda",
        "U/2026/9;wczoraj;Nikt Drugi;;konto;x;y;Kamil Duda",
    )
    answer = boss.post("/confirm/file/", {"file": file})
    assert answer.status_code == 303
    page = text_of(boss.get(answer.url))
    for said in (
        "po numerze umowy",
        "po telefonie",
        "zgłoszono marżę 6 600 zł",
        "Twoja sprzedaż",
        "brak pasującego zgłoszenia",
        "nie udało się odczytać",
    ):
        assert said in page, said
    assert page.count('name="line"') == 2
    assert "checked" not in page
    assert text_of(boss.get(answer.url + "?all")).count(" checked") == 2
    assert boss.post(answer.url, {}).status_code == 422
    assert Sale.objects.filter(state="confirmed").count() == 0
    lines = re.findall(r'name="line" value="(\d+)"', page)
    assert boss.post(answer.url, {"line": [*lines, "4", "99"]}).status_code == 303
    sale.refresh_from_db()
    by_phone.refresh_from_db()
    assert (sale.state, sale.margin_grosze, sale.confirmed_via) == ("confirmed", 662_342, "file")
    assert (by_phone.state, by_phone.contract) == ("confirmed", "U/2026/4001")
    assert Sale.objects.filter(state="reported").count() == 1
    assert "już potwierdzona" in text_of(boss.get(answer.url))


def test_somebody_elses_file_is_not_found(client, boss, ada, marta, sale, day):
    answer = boss.post("/confirm/file/", {"file": csv(day, "U/1;{day};Jan Lis;;k;1;1;Jan Lis")})
    client.force_login(marta)
    assert client.get(answer.url).status_code == 403
    client.force_login(ada)
    assert client.get(answer.url).status_code == 200


def test_no_file_and_a_wrong_file(boss):
    assert boss.post("/confirm/file/", {}).status_code == 422
    wrong = SimpleUploadedFile("a.csv", b"\x00\x01\x02PNG", "text/csv")
    assert boss.post("/confirm/file/", {"file": wrong}).status_code == 422


def test_the_desk_asks_the_database_little(
    boss, anna, marta, plan, at, django_assert_max_num_queries
):
    for i in range(12):
        row = consented(anna, at=at - timedelta(days=2), phone=f"+486011111{i:02}", plan=plan.pk)
        sold(row, marta, at, contract=f"U/{i}")
    boss.get("/confirm/")
    with django_assert_max_num_queries(12):
        boss.get("/confirm/")
    with django_assert_max_num_queries(12):
        boss.get("/confirm/sold/")
