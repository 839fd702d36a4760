"""Only the client's owner asks, unless the client is shared: through every door there is."""

import secrets
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from polecam.actions import asks, invitations, moments, referrals
from polecam.asking.models import Ask
from polecam.clients.models import Client
from polecam.kit.errors import NotAllowed
from polecam.referrals.models import Invitation, Kind, Referral
from tests.cast import client as customer
from tests.house.test_checklists import named_urls
from tests.imports.support import bring

pytestmark = pytest.mark.django_db


def key() -> str:
    return secrets.token_hex(8)


DOORS = {
    "ask": lambda by, client, at: asks.record(by=by, at=at, client=client, key=key()),
    "capture": lambda by, client, at: referrals.capture(
        by=by, at=at, client=client, first_name="Piotr", key=key(), kind=Kind.SPONTANEOUS
    ),
    "link": lambda by, client, at: invitations.make(by=by, at=at, client=client),
    "qr": lambda by, client, at: invitations.make(
        by=by, at=at, client=client, shown_by_seller=True
    ),
    "walk-in": lambda by, client, at: invitations.make(by=by, at=at, client=client, walk_in=True),
}


def nothing_was_made() -> bool:
    return not (Ask.objects.exists() or Referral.objects.exists() or Invitation.objects.exists())


@pytest.mark.parametrize("door", DOORS)
def test_a_colleague_cannot(anna, kamil, at, door):
    with pytest.raises(NotAllowed, match="not_your_client"):
        DOORS[door](kamil, anna, at)
    assert nothing_was_made()


@pytest.mark.parametrize("door", DOORS)
def test_the_boss_cannot_either(anna, tomek, at, door):
    with pytest.raises(NotAllowed, match="not_your_client"):
        DOORS[door](tomek, anna, at)
    assert nothing_was_made()


@pytest.mark.parametrize("door", DOORS)
def test_the_owner_can_and_anyone_once_it_is_shared(anna, marta, kamil, at, door):
    assert DOORS[door](marta, anna, at)
    anna.shared = True
    anna.save()
    assert DOORS[door](kamil, anna, at)


@pytest.mark.parametrize("door", DOORS)
def test_not_whoever_owned_it_before(anna, marta, kamil, at, door):
    anna.owner = kamil
    anna.save()
    with pytest.raises(NotAllowed, match="not_your_client"):
        DOORS[door](marta, anna, at)
    assert nothing_was_made()


def test_no_page_leads_around_it(client, anna, kamil):
    """Every address of capture and Today that takes a client, for a colleague: nothing there."""
    client.force_login(kamil)
    tried = []
    for name in sorted(named_urls(get_resolver())):
        if not name.startswith(("capture:", "today:")):
            continue
        try:
            path = reverse(name, kwargs={"client": anna.public_id})
        except Exception:
            continue
        tried.append(name)
        for method in (client.get, client.post):
            assert method(path, {"first_name": "Piotr"}).status_code in (403, 404, 405), name
    assert tried
    assert nothing_was_made()


def test_an_import_asks_nobody(branch, kamil, tomek, anna, at, settings, tmp_path):
    """A file may bring the past, with its author in words; it makes no ask."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    row = f"Anna Kowalczyk;Piotr;Kamil Duda;{(at - timedelta(days=3)):%Y-%m-%d}"
    job = bring(
        tomek, branch, f"recommender;prospect;seller;date\n{row}\n", at=at, kind="referrals"
    )
    assert job.state == "done"
    assert not Ask.objects.exists()
    assert set(Referral.objects.values_list("kind", flat=True)) <= {"imported"}
    assert Client.objects.get(pk=anna.pk).owner == anna.owner


def test_there_is_no_other_programmers_door():
    assert not [name for name in named_urls(get_resolver()) if name.startswith("api")]


def test_a_moment_of_a_colleagues_client_is_not_theirs_to_note(branch, marta, kamil, at):
    ewa = customer(branch, marta, "Ewa", "Lis", at=at)
    with pytest.raises(NotAllowed):
        moments.note_moment(by=kamil, at=at, client=ewa, kind="praise", on=at.date())
