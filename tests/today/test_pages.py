"""Today as a page: what stands on it, what each action leads to, in how many queries."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from polecam.actions import asks
from polecam.asking.models import Ask, Moment, Script, Skip, WordsChoice
from polecam.kit.periods import day_of
from tests.today.seed import ZONE, plant


@pytest.fixture
def signed_in(client, marta, at):
    WordsChoice.objects.create(seller=marta, fair_test=False, changed_at=at)
    client.force_login(marta)
    client.cookies["language"] = "pl"
    return client


def text(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_five_people_at_most_each_with_words_and_a_way_out(signed_in, marta, branch, plan, at):
    plant(branch, marta, at)
    page = text(signed_in.get("/today/"))
    assert "Dzień dobry, Marto" in page
    assert page.count("Zapytałam") == 5
    assert "Jakub Malec" not in page, "the weakest reason waits"
    assert "To wszystko na dziś." in page
    assert "Pani Anno, kto z Pani bliskich też szuka teraz mieszkania?" in page
    assert "Można śmiało odmówić" in page
    assert "Wczoraj odebrała klucze" in page
    assert "Skąd te 25 zł?" in page
    assert "0 z 5" in page


def test_the_firms_value_is_never_shown(signed_in, marta, branch, plan, at):
    from polecam.actions.setup import set_setting

    set_setting(by=None, at=at, key="cost_of_client_grosze", value=148_000, why="Raport")
    plant(branch, marta, at)
    page = text(signed_in.get("/today/"))
    for amount in ("1 480", "4 360", "148000", "436000"):
        assert amount not in page


def test_a_man_said_zapytalem_and_english_is_complete(client, kamil, branch, plan, at):
    plant(branch, kamil, at)
    WordsChoice.objects.create(seller=kamil, fair_test=False, changed_at=at)
    client.force_login(kamil)
    client.cookies["language"] = "pl"
    assert "Zapytałem" in text(client.get("/today/"))
    client.cookies["language"] = "en"
    page = text(client.get("/today/"))
    assert "I asked" in page
    assert "Anna, who close to you is looking for a home right now too?" in page
    assert "Whom it is worth asking today" in page


def test_another_sentence_by_an_address(signed_in, marta, branch, plan, at):
    anna = plant(branch, marta, at)[0]
    page = text(signed_in.get(f"/today/?c={anna.public_id}&s=2"))
    assert "może ktoś z nowych sąsiadów" in page
    again = text(signed_in.get(f"/today/?c={anna.public_id}&s=3"))
    assert "kto z Pani bliskich" in again
    assert signed_in.get("/today/?c=x&s=999999").status_code == 200


def test_without_moments_the_page_is_not_empty(signed_in, marta, anna, at):
    page = text(signed_in.get("/today/"))
    assert "Z kim dziś rozmawiasz?" in page
    found = text(signed_in.get("/today/find/?q=kowal"))
    assert "Anna Kowalczyk" in found
    answer = signed_in.post(f"/today/moment/{anna.public_id}/", {"kind": "conversation"})
    assert answer.status_code == 303
    assert Moment.objects.get().kind == "conversation"
    assert "Anna Kowalczyk" in text(signed_in.get("/today/"))


def test_a_wrong_kind_cannot_be_noted_as_a_reason(signed_in, anna):
    for kind in ("complaint", "signing", ""):
        answer = signed_in.post(f"/today/moment/{anna.public_id}/", {"kind": kind})
        assert answer.status_code == 404
    assert not Moment.objects.exists()


def test_skip_needs_a_reason_and_any_is_fine(signed_in, marta, branch, plan, at):
    anna = plant(branch, marta, at)[0]
    assert signed_in.post(f"/today/skip/{anna.public_id}/").status_code == 404
    answer = signed_in.post(
        f"/today/skip/{anna.public_id}/", {"reason": "not_comfortable"}, follow=True
    )
    assert "To też dobra decyzja. Nikt jej nie widzi." in text(answer)
    assert "Anna Kowalczyk" not in text(answer)
    assert Skip.objects.get().seller == marta


def test_the_goal_is_ones_own(signed_in, marta):
    assert signed_in.post("/today/goal/", {"goal": "3"}).status_code == 303
    marta.refresh_from_db()
    assert marta.weekly_goal == 3
    assert signed_in.post("/today/goal/", {"goal": "300"}).status_code == 200


def test_own_words_are_written_shown_first_and_retired(signed_in, marta, branch, plan, at):
    plant(branch, marta, at)
    mine = {
        "kind": "keys",
        "text": "{address}, komu mogę pomóc jak {to_whom}?",
        "exit_line": "Może nikomu.",
    }
    assert signed_in.post("/today/words/", mine | {"exit_line": ""}).status_code == 422
    assert signed_in.post("/today/words/", mine).status_code == 303
    assert "Pani Anno, komu mogę pomóc jak Pani?" in text(signed_in.get("/today/"))
    script = Script.objects.get(seller=marta)
    changed = mine | {"text": "{address}, kto jeszcze?", "replaces": script.public_id}
    assert signed_in.post("/today/words/", changed).status_code == 303
    newest = Script.objects.get(seller=marta, retired_at=None)
    assert (newest.code, newest.version) == (script.code, 2)
    assert signed_in.post(f"/today/words/{newest.public_id}/retire/").status_code == 303
    assert "kto z Pani bliskich" in text(signed_in.get("/today/"))


def test_nobody_touches_a_colleagues_clients_or_words(client, marta, kamil, anna, at):
    Script.objects.create(
        code="own-x",
        version=1,
        language="pl",
        seller=marta,
        text="x",
        exit_line="y",
        created_at=at,
    )
    client.force_login(kamil)
    script = Script.objects.get()
    assert client.post(f"/today/words/{script.public_id}/retire/").status_code == 404
    assert client.get(f"/today/moment/{anna.public_id}/").status_code == 404
    assert client.post(f"/today/skip/{anna.public_id}/", {"reason": "other"}).status_code == 404
    assert "Kowalczyk" not in text(client.get("/today/find/?q=kowalczyk"))


def test_the_boss_asks_too_and_sees_only_the_own_list(client, tomek, marta, branch, plan, at):
    plant(branch, marta, at)
    client.force_login(tomek)
    page = text(client.get("/today/"))
    assert "Kowalczyk" not in page


def test_follow_ups_stand_on_the_page(signed_in, marta, anna, at):
    start = at - timedelta(days=30)
    ask = asks.record(by=marta, at=start, client=anna, key="a")
    due = day_of(at, ZONE)
    asks.answer(by=marta, at=start, ask=ask, outcome="later", later_on=due)
    page = text(signed_in.get("/today/"))
    assert "Dziś wracasz do" in page
    assert "prosiła, by do tego wrócić: dziś" in page
    signed_in.post(f"/capture/client/{anna.public_id}/asked/", {"key": "next"})
    assert Ask.objects.get(continues=ask)


def test_the_page_costs_twelve_queries_at_most(signed_in, marta, branch, plan, at):
    from django.db import connection

    plant(branch, marta, at)
    signed_in.get("/today/")
    with CaptureQueriesContext(connection) as seen:
        signed_in.get("/today/")
    assert len(seen) <= 12, "\n".join(query["sql"][:120] for query in seen)


def test_a_look_changes_nothing(signed_in, marta, branch, plan, at):
    from polecam.journal.models import Event

    plant(branch, marta, at)
    for url in ("/today/", "/today/find/", "/today/words/", "/today/goal/", "/capture/"):
        assert signed_in.get(url).status_code == 200
    assert not Event.objects.exists()
