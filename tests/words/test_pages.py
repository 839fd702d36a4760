"""Pages of words: own ones, the house's, a plan for its seller alone, a traceless rehearsal."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polecam.actions import if_then, notebook, own_words
from polecam.asking import plans, practice, words
from polecam.asking.models import Ask, IfThenPlan, Moment, Script, WordsChoice
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.referrals.models import Card
from tests.cast import ZONE, client
from tests.words.support import house

pytestmark = pytest.mark.django_db
SECRET = "Mam prośbę i można odmówić, bez żartów"


def browser(person, language="pl"):
    made = Browser()
    made.force_login(person)
    made.cookies["language"] = language
    return made


def text(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def moment(anna, marta, at) -> Moment:
    words.install(at)
    return Moment.objects.create(
        client=anna, kind="keys", on=day_of(at, ZONE), noted_by=marta, noted_at=at
    )


# --- plans ----------------------------------------------------------------------------------------


@pytest.fixture
def plan(marta, at) -> IfThenPlan:
    return if_then.plan(by=marta, at=at, kind="keys", then=SECRET)


def test_nothing_readable_is_stored_of_a_plan_and_the_journal_is_silent(plan):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM asking_ifthenplan")
        stored = str(cursor.fetchall())
    assert "prośb" not in stored
    assert not Event.objects.exists()


def test_nobody_else_reads_a_plan_by_any_door(plan, moment, kamil, tomek, ada, irena, pawel, anna):
    for other in (kamil, tomek, ada, irena, pawel):
        assert not plans.of(other).exists()
        with pytest.raises(NotAllowed):
            if_then.drop(by=other, at=plan.made_at, plan=plan)
        signed_in = browser(other)
        drop = signed_in.post(reverse("words:drop", args=[plan.public_id]))
        assert drop.status_code in (403, 404)
        for name in ("words:plan", "words:home", "today:today", "words:results"):
            assert SECRET not in text(signed_in.get(reverse(name)))
        for name in ("words:say", "words:rehearse", "capture:client"):
            shown = signed_in.get(reverse(name, args=[anna.public_id]))
            assert shown.status_code in (403, 404)
    assert IfThenPlan.objects.get().then == SECRET


def test_it_comes_back_at_its_moment_to_its_seller(plan, moment, marta, anna, branch, at):
    signed_in = browser(marta)
    for url in (
        reverse("today:today"),
        reverse("words:say", args=[anna.public_id]),
        reverse("capture:client", args=[anna.public_id]),
    ):
        assert SECRET in text(signed_in.get(url)), url
    other = client(branch, marta, "Ewa", "Nowak", at=at)
    Moment.objects.create(client=other, kind="praise", on=day_of(at, ZONE), noted_at=at)
    assert SECRET not in text(signed_in.get(reverse("words:say", args=[other.public_id])))


def test_a_plan_takes_the_place_of_the_older_and_is_let_go(plan, marta, at):
    signed_in = browser(marta)
    url = reverse("words:plan")
    assert signed_in.post(url, {"kind": "keys", "then": "Inaczej"}).status_code == 303
    (now,) = plans.of(marta)
    assert now.then == "Inaczej"
    assert signed_in.post(reverse("words:drop", args=[now.public_id])).status_code == 303
    assert not plans.of(marta).exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"kind": "keys", "then": " "}, "plan_empty"),
        ({"kind": "complaint", "then": "x"}, "unknown_moment"),
        ({"kind": "keys", "then": "x" * 301}, "words_too_long"),
        ({"kind": "keys", "then": "zadzwoń 601 673 417"}, "words_with_contact"),
    ],
)
def test_a_plan_that_cannot_be_stays_in_the_form(marta, at, typed, code):
    with pytest.raises(Refused) as refused:
        if_then.plan(by=marta, at=at, **typed)
    assert refused.value.code == code
    shown = browser(marta).post(reverse("words:plan"), typed)
    assert shown.status_code == 422
    assert typed["then"].strip() in text(shown)


def test_a_page_of_the_notebook_may_become_a_plan(marta, kamil, at):
    page = notebook.write(by=marta, at=at, kind="harsh", what="x", then_do="Policzę do trzech")
    url = f"{reverse('words:plan')}?page={page.public_id}"
    assert "Policzę do trzech" in text(browser(marta).get(url))
    assert "Policzę do trzech" not in text(browser(kamil).get(url))
    assert url in text(browser(marta).get(reverse("notebook:mine")))


# --- own words ------------------------------------------------------------------------------------


def own(by, at, **more):
    said = {"kind": "", "language": "pl", "text": "Mam prośbę", "exit_line": "Można odmówić"}
    return own_words.write(by=by, at=at, **(said | more))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"exit_line": " "}, "exit_line_missing"),
        ({"channel": "message"}, "words_link_missing"),
        ({"text": "Oto {link}"}, "words_link_needless"),
        ({"text": "{imie}, prośba"}, "words_place"),
        ({"text": "Kto w rodzinie buduje?"}, "words_private"),
        ({"exit_line": "Albo 601 673 417"}, "words_with_contact"),
        ({"channel": "fax"}, "channel_unknown"),
        ({"relation": "old"}, "relation_unknown"),
        ({"kind": "complaint"}, "unknown_moment"),
        ({"language": "de"}, "words_language"),
        ({"exit_line": "x" * 161}, "words_too_long"),
    ],
)
def test_own_words_keep_a_way_out_and_nothing_private(marta, at, more, code):
    with pytest.raises(Refused) as refused:
        own(marta, at, **more)
    assert refused.value.code == code
    assert not Script.objects.exists()


def test_own_words_by_channel_and_what_was_typed_stays(marta, moment, anna):
    signed_in = browser(marta)
    typed = {
        "kind": "keys", "channel": "message", "relation": "long",
        "text": "Pani Anno, oto obiecany link", "exit_line": "Nie trzeba odpisywać.",
    }  # fmt: skip
    refused = signed_in.post(reverse("today:words"), typed)
    assert refused.status_code == 422
    assert typed["text"] in text(refused)
    assert "{link}" in text(refused)
    written = signed_in.post(reverse("today:words"), typed | {"text": "Oto link: {link}"})
    assert written.status_code == 303
    url = reverse("words:say", args=[anna.public_id])
    assert "Oto link: (tu będzie link)" in text(signed_in.get(f"{url}?channel=message"))
    assert "Oto link" not in text(signed_in.get(url))


def test_a_message_carries_the_clients_own_link(marta, moment, anna, settings):
    settings.BASE_URL = "https://polecam.example"
    signed_in = browser(marta)
    url = f"{reverse('words:say', args=[anna.public_id])}?channel=message"
    assert "polecam.example/card/" not in text(signed_in.get(url))
    made = signed_in.post(reverse("words:link", args=[anna.public_id]))
    assert made.status_code == 303
    card = Card.objects.get()
    assert (card.client, card.seller) == (anna, marta)
    assert f"https://polecam.example/card/{card.public_id}-" in text(
        signed_in.get(made["Location"])
    )


def test_one_tap_leaves_the_fair_test(marta):
    signed_in = browser(marta)
    assert signed_in.post(reverse("words:choice"), {"fair": "no"}).status_code == 303
    assert not WordsChoice.objects.get().fair_test
    assert "Niech się zmieniają" in text(signed_in.get(reverse("words:home")))
    signed_in.post(reverse("words:choice"), {"fair": "yes"})
    assert WordsChoice.objects.get().fair_test


def test_an_ask_from_today_counts_for_the_sentence_that_chance_chose(marta, moment, anna):
    signed_in = browser(marta)
    card = signed_in.get(reverse("today:today")).context["cards"][0]
    assert card.said.first
    sent = {"key": "k", "moment": moment.public_id, "script": card.said.script, "channel": "talk"}
    url = reverse("capture:asked", args=[anna.public_id])
    signed_in.post(url, sent | {"first": card.said.first})
    drawn = Ask.objects.get().drawn
    assert drawn.public_id == card.said.script


def test_leafing_on_takes_along_what_chance_chose(marta, moment, anna):
    signed_in = browser(marta)
    first = signed_in.get(reverse("today:today")).context["cards"][0].said
    page = signed_in.get(f"{reverse('today:today')}?c={anna.public_id}&s=2")
    (other,) = (card.said for card in page.context["cards"] if card.number == 2)
    assert other.script != first.script
    assert other.first == first.first


# --- the house's words ----------------------------------------------------------------------------

TYPED = {
    "kind": "keys", "channel": "", "relation": "",
    "text_pl": "{address}, kto jeszcze szuka mieszkania?", "exit_line_pl": "Można odmówić.",
    "text_en": "{address}, who else is looking?", "exit_line_en": "It is fine to say no.",
}  # fmt: skip


def test_a_change_is_a_new_version_and_the_old_one_stays(ada, at):
    house(at, "keys-a", moment_kind="keys")
    url = reverse("words:house_one", args=["keys-a"])
    assert browser(ada).post(url, TYPED).status_code == 303
    rows = Script.objects.filter(code="keys-a").order_by("version", "language")
    assert [(r.version, r.language, r.retired_at is None) for r in rows] == [
        (1, "en", False), (1, "pl", False), (2, "en", True), (2, "pl", True),
    ]  # fmt: skip
    assert rows[3].text == TYPED["text_pl"]
    assert Event.objects.filter(kind="script.changed").count() == 1
    again = browser(ada).post(url, TYPED)
    assert again.status_code == 422
    assert Script.objects.filter(code="keys-a").count() == 4


def test_what_the_firm_changed_stays_at_the_next_release(ada, at):
    words.install(at)
    browser(ada).post(reverse("words:house_one", args=["keys-home"]), TYPED)
    browser(ada).post(reverse("words:house_retire", args=["keys-neighbours"]))
    assert words.install(at) == 0
    now = Script.objects.filter(code__in=["keys-home", "keys-neighbours"], retired_at=None)
    assert {(row.code, row.version) for row in now} == {("keys-home", 2)}


@pytest.mark.parametrize("missing", ["exit_line_pl", "exit_line_en", "text_pl", "text_en"])
def test_no_sentence_of_the_house_without_both_languages_and_a_way_out(ada, missing):
    shown = browser(ada).post(reverse("words:house_new"), TYPED | {missing: " "})
    assert shown.status_code == 422
    for name, value in TYPED.items():
        if name.startswith(("text", "exit")) and name != missing:
            assert value in text(shown)
    assert not Script.objects.exists()


def test_it_is_tried_on_before_it_is_saved(ada):
    url = reverse("words:house_new")
    shown = text(browser(ada).post(url, TYPED | {"preview": "yes", "exit_line_en": ""}))
    assert "Pani Anno, kto jeszcze szuka mieszkania?" in shown
    assert "Panie Piotrze, kto jeszcze" in shown
    assert "Kto jeszcze szuka mieszkania?" in shown
    assert not Script.objects.exists()


def test_private_matters_never_enter_the_house(ada):
    bad = TYPED | {"text_en": "{address}, who in your family is looking?"}
    shown = browser(ada).post(reverse("words:house_new"), bad)
    assert shown.status_code == 422
    assert "family" in text(shown)
    assert not Script.objects.exists()


def test_the_last_general_sentence_stays(ada, at):
    house(at, "only")
    browser(ada).post(reverse("words:house_retire", args=["only"]))
    assert Script.objects.filter(retired_at=None).count() == 2
    house(at, "second")
    browser(ada).post(reverse("words:house_retire", args=["only"]))
    assert not Script.objects.filter(code="only", retired_at=None).exists()
    assert browser(ada).post(reverse("words:house_retire", args=["nope"])).status_code == 404


def test_only_who_may_edit_edits(marta, tomek, at):
    house(at, "keys-a")
    for person in (marta, tomek):
        for url in (reverse("words:house"), reverse("words:house_one", args=["keys-a"])):
            assert browser(person).get(url).status_code == 403
            assert browser(person).post(url, TYPED).status_code in (403, 405)


# --- the rehearsal --------------------------------------------------------------------------------


def rows_of_everything():
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_step_of_a_rehearsal_leaves_no_trace(marta, moment, anna, language):
    signed_in = browser(marta, language)
    before = rows_of_everything()
    alone, ours = reverse("words:rehearsal"), reverse("words:rehearse", args=[anna.public_id])
    for url in (alone, ours):
        for query in (
            "",
            "?step=answers",
            "?step=end",
            *(f"?a={code}" for code in practice.BY_CODE),
        ):
            shown = signed_in.get(url + query)
            assert shown.status_code == 200
            assert "{" not in text(shown).split("<main")[1].split("</main")[0]
            assert signed_in.post(url + query).status_code == 405
    assert rows_of_everything() == before


def test_it_practises_this_very_ask(marta, kamil, moment, anna):
    url = reverse("words:rehearse", args=[anna.public_id])
    shown = text(browser(marta).get(url))
    today = browser(marta).get(reverse("today:today")).context["cards"][0].said
    assert today.text.replace("\u00a0", " ") in shown
    assert "klucze" in shown
    assert browser(kamil).get(url).status_code == 404
    end = text(browser(marta).get(f"{url}?step=end"))
    assert reverse("capture:client", args=[anna.public_id]) in end


def test_after_it_the_ask_remembers_the_words(marta, moment, anna):
    signed_in = browser(marta)
    shown = text(signed_in.get(f"{reverse('capture:client', args=[anna.public_id])}?said=1"))
    script = signed_in.get(reverse("today:today")).context["cards"][0].said.script
    assert f'name="script" value="{script}"' in shown
    assert f'name="moment" value="{moment.public_id}"' in shown
    later = text(signed_in.get(reverse("capture:client", args=[anna.public_id])))
    assert 'name="script"' not in later, "what was said unrehearsed is not claimed"


def test_a_client_who_rests_is_practised_with_and_not_asked(marta, moment, anna, at):
    Ask.objects.create(client=anna, seller=marta, branch=anna.branch, asked_at=at, outcome="later")
    signed_in = browser(marta)
    end = text(signed_in.get(f"{reverse('words:rehearse', args=[anna.public_id])}?step=end"))
    assert reverse("capture:client", args=[anna.public_id]) not in end
    page = text(signed_in.get(reverse("words:say", args=[anna.public_id])))
    assert reverse("capture:asked", args=[anna.public_id]) not in page


def test_memory_prompts_are_at_hand_while_an_answer_is_noted(marta, moment, anna, at):
    ask = Ask.objects.create(client=anna, seller=marta, branch=anna.branch, asked_at=at)
    shown = text(browser(marta).get(reverse("capture:sheet", args=[ask.public_id])))
    assert "Kto teraz kupuje mieszkanie?" in shown


def test_words_of_a_client_cost_few_queries(marta, moment, anna, plan):
    signed_in = browser(marta)
    for name in ("words:say", "words:rehearse"):
        url = reverse(name, args=[anna.public_id])
        signed_in.get(url)
        with CaptureQueriesContext(connection) as seen:
            signed_in.get(url)
        assert len(seen) <= 12, "\n".join(query["sql"][:120] for query in seen)


def test_a_plan_for_a_moment_without_words_is_not_lost(plan, moment, marta, anna):
    Script.objects.filter(moment_kind="keys").delete()
    assert SECRET in text(browser(marta).get(reverse("today:today")))
