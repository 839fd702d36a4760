"""The pages of the tree: as it stands, what a move changes, sums of a region, its settings."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import setup
from polecam.kit.periods import day_of
from polecam.organisation import settings as stored
from polecam.organisation.models import Placement, Setting
from polecam.organisation.tree import tree
from tests import cast
from tests.cast import ZONE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def opened(person) -> Browser:
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(person)
    person.language = "en"
    person.save(update_fields=["language"])
    return browser


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_tree_is_shown_with_who_leads_and_how_many(
    admin, boss, tomek, marta, own, team, sibling
):
    page = text(opened(admin).get(reverse("tree:tree")))
    assert "Małopolska" in page
    assert "Zespół Zabłocie" in page
    assert "led by Regina Gorska" in page
    assert "led by Tomasz Wrona" in page


def test_the_tree_of_another_day(admin, own, team, region, at):
    team.created_at = at - 10 * DAY
    team.save(update_fields=["created_at"])
    day = (day_of(at, ZONE) - 20 * DAY).isoformat()
    page = text(opened(admin).get(reverse("tree:tree"), {"on": day}))
    assert "Zespół Zabłocie" not in page
    assert opened(admin).get(reverse("tree:tree"), {"on": "never"}).status_code == 200


def test_a_move_shows_what_it_changes_before_it_is_saved(
    admin, boss, marta, own, region, other_region, at
):
    cast.Membership.objects.create(person=admin, branch=other_region, role="admin", since=at)
    cast.person(other_region, "manager", "Zofia", "Kania", "f", at=at)
    setup.set_setting(
        by=None, at=at, key="team_goal_asks", value=55, branch=other_region, why="więcej osób"
    )
    browser = opened(admin)
    typed = {
        "parent": other_region.public_id,
        "on": (day_of(at, ZONE) + DAY).isoformat(),
        "why": "Reforma regionów",
    }
    first = browser.post(reverse("tree:move", args=[own.public_id]), typed)
    page = text(first)
    assert first.status_code == 200
    assert not Placement.objects.filter(parent=other_region).exists()
    assert "Zofia Kania, Śląsk" in page
    assert "Regina Gorska, Małopolska" in page
    assert "40 asks, then 55 asks" in page
    assert 'value="Reforma regionów"' in first.content.decode()
    seal = first.context["form"].seal
    changed = browser.post(
        reverse("tree:move", args=[own.public_id]), typed | {"seen": seal, "why": "Inaczej"}
    )
    assert not Placement.objects.filter(parent=other_region).exists()  # shown anew
    assert changed.status_code == 200
    done = browser.post(reverse("tree:move", args=[own.public_id]), typed | {"seen": seal})
    assert done.status_code == 303
    tomorrow = day_of(at, ZONE) + DAY
    assert tree(tomorrow).above(own.pk) == [other_region.pk]
    place = text(browser.get(reverse("tree:place", args=[own.public_id])))
    assert "below: Śląsk" in place
    assert "Reforma regionów" in place
    browser.post(reverse("tree:stay", args=[own.public_id]))
    assert tree(tomorrow).above(own.pk) == [region.pk]


def test_a_wrong_move_keeps_what_was_typed(admin, own, region, at):
    typed = {
        "parent": "firm",
        "on": (day_of(at, ZONE) - DAY).isoformat(),
        "why": "Za późno",
    }
    answer = opened(admin).post(reverse("tree:move", args=[own.public_id]), typed)
    assert answer.status_code == 422
    assert "Za późno" in answer.content.decode()


def test_places_are_opened_renamed_and_closed(admin, region, own, marta, at):
    browser = opened(admin)
    made = browser.post(
        reverse("tree:open", args=[region.public_id]),
        {"level": "branch", "name": "Oddział Wieliczka", "city": "Wieliczka"},
    )
    assert made.status_code == 303
    browser.post(reverse("tree:rename", args=[own.public_id]), {"name": "Podgórze", "city": ""})
    own.refresh_from_db()
    assert own.name == "Podgórze"
    day = {"on": day_of(at, ZONE).isoformat()}
    refused = browser.post(reverse("tree:close", args=[own.public_id]), day)
    assert refused.status_code == 422
    assert "1 person works here" in text(refused)
    assert browser.post(made.headers["Location"] + "close/", day).status_code == 303
    assert browser.post(made.headers["Location"] + "keep/").status_code == 303


def test_another_admins_place_is_not_there(admin, other_region, at):
    browser = opened(admin)
    for name in ("place", "move", "open", "rename", "close", "settings"):
        answer = browser.get(reverse(f"tree:{name}", args=[other_region.public_id]))
        assert answer.status_code == 404


def test_settings_of_a_place_say_where_they_come_from(admin, ada, own, region, team, at):
    setup.set_setting(by=admin, at=at, key="weekly_goal", value=7, branch=region, why="po pilotażu")
    page = text(opened(admin).get(reverse("tree:settings", args=[team.public_id])))
    assert "from the region Małopolska since" in page
    assert "by Adam: po pilotażu" in page
    assert "the house’s default" in page
    assert "Pay-day" not in page  # the whole firm's


def test_a_setting_of_a_place_from_preview_to_taking_back(admin, own, region, team, marta, at):
    browser, url = opened(admin), reverse("tree:setting", args=[own.public_id, "weekly_goal"])
    later = (day_of(at, ZONE) + 5 * DAY).isoformat()
    typed = {"whose": "own", "value": "9", "starts": later, "why": "ambitniej"}
    first = browser.post(url, typed)
    assert "1 person has set no own goal" in text(first)
    assert "2 places" in text(first)
    assert not Setting.objects.exists()
    assert browser.post(url, typed | {"seen": first.context["form"].seal}).status_code == 303
    row = Setting.objects.get()
    assert row.branch == own
    back = reverse("tree:back", args=[own.public_id, "weekly_goal", row.pk])
    assert "Take back" in text(browser.get(url))
    assert browser.post(back).status_code == 303
    assert not Setting.objects.exists()


def test_a_place_lets_go_of_its_own_value(admin, own, region, at):
    setup.set_setting(by=None, at=at - DAY, key="weekly_goal", value=7, branch=region)
    setup.set_setting(by=None, at=at - DAY, key="weekly_goal", value=9, branch=own)
    browser, url = opened(admin), reverse("tree:setting", args=[own.public_id, "weekly_goal"])
    typed = {"whose": "above", "value": "", "starts": "", "why": ""}
    first = browser.post(url, typed)
    assert "9 asks, then 7 asks" in text(first)
    browser.post(url, typed | {"seen": first.context["form"].seal})
    assert stored.value("weekly_goal", at=cast.datetime.now(cast.UTC), branch=own) == 7


def test_a_shorter_rest_says_how_many_clients_come_back(ada, marta, anna, branch, at):
    from polecam.asking.models import Ask

    Ask.objects.create(
        client=anna, seller=marta, branch=branch, asked_at=at - 70 * DAY, outcome="declined"
    )
    url = reverse("setup:setting", args=["ask_rest_days"])
    typed = {"value": "60", "starts": "", "why": ""}
    refused = opened(ada).post(url, typed)
    assert refused.status_code == 422  # a looser rule needs its reason before anything is shown
    shown = opened(ada).post(url, typed | {"why": "po rozmowie z klientami"})
    assert "1 client would come back" in text(shown)


def test_the_region_reads_sums_and_calm_hints(boss, own, sibling, team, tomek, marta, at):
    page = text(opened(boss).get(reverse("home"), follow=True))
    assert "Małopolska" in page
    assert "Nobody leads it now" in page
    assert "led by Tomasz Wrona" in page
    assert "Marta" not in page
