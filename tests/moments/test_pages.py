"""The admin's pages of moments and inlets, and what a seller sees of waiting moments."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Web
from django.urls import reverse

from polecam.actions.moments import close_moment, note_moment
from polecam.asking import kinds
from polecam.asking.models import DateRule, Inlet, Moment, MomentType
from polecam.clients.models import Client
from polecam.kit.periods import day_of
from polecam.web.pages.clients import waiting

DAY = timedelta(days=1)
ZONE = "Europe/Warsaw"


@pytest.fixture
def admin(ada, catalogue) -> Web:
    web = Web()
    web.force_login(ada)
    return web


@pytest.fixture
def seller(marta, catalogue) -> Web:
    web = Web()
    web.force_login(marta)
    return web


def form_of(row: MomentType, **more) -> dict:
    given = {
        name: getattr(row, name)
        for name in ("title_pl", "title_en", "sentence_pl", "sentence_en", "strength", "days")
    }
    return {**given, "used": "on", **more}


def test_the_catalogue_is_shown_by_line(admin):
    page = admin.get(reverse("moments:list")).content.decode()
    assert "Kredyt wypłacony" in page
    assert "Szkoda wypłacona" not in page
    other = admin.get(reverse("moments:list"), {"line": "insurance"}).content.decode()
    assert "Szkoda wypłacona" in other
    assert "Kredyt wypłacony" not in other
    assert "Pochwała" in other
    assert admin.get(reverse("moments:list"), {"line": "'><b>"}).status_code == 200


def test_a_change_is_looked_at_before_it_is_made(admin, marta, anna, at):
    note_moment(by=marta, at=at, client=anna, kind="praise", on=day_of(at, ZONE) - 5 * DAY)
    row = MomentType.objects.get(code="praise")
    url = reverse("moments:one", args=[row.public_id])
    first = admin.post(url, form_of(row, days=3))
    page = first.content.decode()
    assert first.status_code == 200
    assert "1 klient zszedłby z dzisiejszych list." in page
    assert MomentType.objects.get(code="praise").days == 14
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    other = admin.post(url, form_of(row, days=4, seen=seen))
    assert other.status_code == 200, "another value is looked at anew"
    saved = admin.post(url, form_of(row, days=3, seen=seen))
    assert saved.status_code == 303
    assert MomentType.objects.get(code="praise").days == 3


def test_words_alone_are_saved_at_once_and_show_on_today(admin, seller, marta, anna, at):
    note_moment(by=marta, at=at, client=anna, kind="praise", on=day_of(at, ZONE))
    row = MomentType.objects.get(code="praise")
    url = reverse("moments:one", args=[row.public_id])
    said = "{when} [powiedziała|powiedział|padło] dobre słowo"
    assert admin.post(url, form_of(row, sentence_pl=said)).status_code == 303
    assert "powiedziała dobre słowo" in seller.get(reverse("today:today")).content.decode()


def test_what_is_wrong_keeps_what_was_typed(admin):
    typed = {"sign": "good", "title_pl": "Po szpitalu", "title_en": "Back", "days": "5"}
    answer = admin.post(reverse("moments:new"), typed)
    assert answer.status_code == 422
    assert "Po szpitalu" in answer.content.decode()
    assert not MomentType.objects.filter(own=True).exists()


def test_an_own_kind_is_offered_to_sellers_at_once_and_taken_back(admin, seller, anna):
    seller.get(reverse("today:moment", args=[anna.public_id]))  # the catalogue is kept a minute
    typed = {"sign": "good", "title_pl": "Dzień otwarty", "title_en": "Open day", "days": "5"}
    assert admin.post(reverse("moments:new"), typed).status_code == 303
    row = MomentType.objects.get(own=True)
    offered = seller.get(reverse("today:moment", args=[anna.public_id])).content.decode()
    assert row.code in offered
    assert "Dzień otwarty" in offered
    answer = seller.post(reverse("today:moment", args=[anna.public_id]), {"kind": row.code})
    assert answer.status_code == 303
    assert Moment.objects.get().kind == row.code
    assert admin.post(reverse("moments:take_back", args=[row.public_id])).status_code == 303
    gone = seller.get(reverse("today:moment", args=[anna.public_id])).content.decode()
    assert row.code not in gone
    assert (
        "Dzień otwarty"
        in seller.get(reverse("clients:one", args=[anna.public_id])).content.decode()
    )


def test_an_own_wrong_kind_needs_no_sentence(admin):
    typed = {"sign": "wrong", "title_pl": "Zwrot", "title_en": "Return", "sentence_pl": "[[["}
    assert admin.post(reverse("moments:new"), typed).status_code == 303
    row = MomentType.objects.get(own=True)
    assert (row.good, row.days, row.sentence_pl) == (False, None, "")
    page = admin.get(reverse("moments:one", args=[row.public_id])).content.decode()
    assert "sentence_pl" not in page
    assert "strength" not in page


def test_a_date_rule_is_switched_on(admin):
    rule = DateRule.objects.get(kind="review_due")
    url = reverse("moments:date", args=[rule.public_id])
    assert admin.get(url).status_code == 200
    assert admin.post(url, {"days": "14", "used": "on"}).status_code == 303
    rule.refresh_from_db()
    assert (rule.offset_days, rule.used) == (-14, True)
    assert admin.post(url, {"days": "9999"}).status_code == 422


def test_the_secret_is_shown_once(admin):
    answer = admin.post(reverse("inlets:new"), {"kind": "webhook", "name": "Szkody", "branch": ""})
    inlet = Inlet.objects.get()
    assert inlet.secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = admin.get(reverse("inlets:list")).content.decode()
    assert "Szkody" in page
    assert inlet.secret not in page
    assert admin.post(reverse("inlets:close", args=[inlet.public_id])).status_code == 303
    assert Inlet.objects.get().closed_at is not None


@pytest.mark.parametrize("name", ["moments:list", "moments:new", "inlets:list", "inlets:new"])
def test_sellers_and_the_boss_have_no_door(seller, tomek, name):
    assert seller.get(reverse(name)).status_code == 403
    boss = Web()
    boss.force_login(tomek)
    assert boss.get(reverse(name)).status_code == 403


def page_of(web, client) -> str:
    return web.get(reverse("clients:one", args=[client.public_id])).content.decode()


def test_praise_waits_visibly_for_a_complaint_and_only_its_seller_is_told(
    seller, marta, kamil, tomek, anna, at
):
    Client.objects.filter(pk=anna.pk).update(shared=True)
    today = day_of(at, ZONE)
    note_moment(by=marta, at=at, client=anna, kind="praise", on=today)
    assert "czeka" not in page_of(seller, anna)
    complaint = note_moment(by=tomek, at=at, client=anna, kind="complaint", on=today)
    own = page_of(seller, anna).replace("\u00a0", " ")
    assert "„Pochwała” czeka. Najpierw: „Trwa reklamacja”." in own
    colleague = Web()
    colleague.force_login(kamil)
    assert "czeka. Najpierw" not in page_of(colleague, anna).replace("\u00a0", " ")
    close_moment(by=marta, at=at, moment=complaint)
    own = page_of(seller, anna).replace("\u00a0", " ")
    assert "przyjdzie inny powód" in own


def test_a_short_wrong_moment_says_when_the_good_one_counts_again(marta, anna, at, catalogue):
    today = day_of(at, ZONE)
    note_moment(by=marta, at=at, client=anna, kind="praise", on=today)
    note_moment(by=marta, at=at, client=anna, kind="arrears", on=today, until=today + 3 * DAY)
    rows = list(Moment.objects.order_by("-on", "-id"))
    assert waiting.sentence(anna, rows, at=at)
    assert waiting.sentence(anna, rows, at=at + 3 * DAY) == ""
    assert waiting.sentence(anna, [m for m in rows if m.wrong], at=at) == ""


def test_noting_says_that_it_waits(seller, marta, anna, at):
    note_moment(by=marta, at=at, client=anna, kind="complaint", on=day_of(at, ZONE))
    answer = seller.post(
        reverse("today:moment", args=[anna.public_id]), {"kind": "praise"}, follow=True
    )
    assert "Poczeka" in answer.content.decode()


def test_a_switched_off_kind_cannot_be_noted(seller, anna):
    MomentType.objects.filter(code="praise").update(used=False)
    kinds.forget()
    url = reverse("today:moment", args=[anna.public_id])
    assert seller.post(url, {"kind": "praise"}).status_code == 404


def test_the_renewal_stands_on_the_page_and_may_be_corrected(seller, anna):
    url = reverse("clients:change", args=[anna.public_id])
    typed = {"first_name": "Anna", "last_name": "Kowalczyk", "renews_on": "2027-03-03"}
    assert seller.post(url, typed).status_code == 303
    assert "Odnawia się 3 mar 2027" in page_of(seller, anna).replace("\u00a0", " ")
    assert 'value="2027-03-03"' in seller.get(url).content.decode()
