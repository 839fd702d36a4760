"""A portfolio is divided among colleagues; whoever stays keeps what they lead."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import portfolio
from polecam.claims import division
from polecam.claims.models import BulkItem, Handoff
from polecam.claims.rules import Part, check_parts
from polecam.clients.models import Client
from polecam.insights import portfolio as reads
from polecam.kit.errors import Refused
from polecam.organisation.models import Setting
from tests import cast
from tests.portfolio.support import DAY, MINUTE, clients, holder, led, picture, run, shares, undo

PEOPLE = st.integers(1, 6)


@given(things=st.integers(0, 400), people=PEOPLE)
def test_equal_parts_are_equal(things, people):
    parts = division.equal(things, people)
    assert sum(parts) == things
    assert max(parts) - min(parts) <= 1


@given(counts=st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_everyone_gets_their_count_mixed_evenly(counts):
    turns = division.deal(counts)
    assert [turns.count(place) for place in range(len(counts))] == counts
    for done in range(1, len(turns) + 1):
        for place, count in enumerate(counts):
            fair = count * done / len(turns)
            assert abs(turns[:done].count(place) - fair) <= len(counts)


@given(
    whole=st.lists(st.integers(1, 9_999), max_size=2),
    giver=st.integers(1, 3),
    receiver=st.integers(1, 4),
    author_bp=st.integers(0, 10_000),
    floor_bp=st.integers(0, 10_000),
    leaver=st.sampled_from(["seller", "holder"]),
)
def test_after_leaving_the_whole_stays_whole_and_nobody_else_loses(
    whole, giver, receiver, author_bp, floor_bp, leaver
):
    cuts = sorted({0, 10_000, *whole})
    before = [Part(n, b - a) for n, (a, b) in enumerate(pairwise(cuts), 1)]
    if giver == receiver:
        return
    after = division.shares_after_leaving(
        before,
        leaver=leaver,
        giver_id=giver,
        originator_id=1,
        receiver_id=receiver,
        author_bp=author_bp,
        floor_bp=floor_bp,
    )
    check_parts(after)
    new = {part.person_id: part for part in after}
    for part in before:
        if part.person_id != giver:
            assert new[part.person_id].share_bp >= part.share_bp
    assert new[1].share_bp >= min(floor_bp, before[0].share_bp)
    if leaver == "holder":
        assert after == before


@pytest.mark.django_db
def test_clients_move_and_what_is_led_stays(branch, marta, kamil, tomek, plan, at):
    owned = clients(branch, marta, 4, at=at)
    referral = led(owned[0], marta, 1, at - 9 * DAY, plan)
    before = picture(branch)
    bulk = portfolio.draft(by=tomek, at=at, giver=marta, branch=branch, to=[kamil, tomek])
    assert bulk.why == "division"
    bulk = run(tomek, bulk, at + MINUTE)
    assert sorted(Client.objects.values_list("owner_id", flat=True)) == sorted(
        [kamil.pk, kamil.pk, tomek.pk, tomek.pk]
    )
    assert holder(referral) == marta
    assert shares(referral) == [(marta.pk, 10_000, 0)]
    undo(tomek, bulk, at + 2 * MINUTE)
    assert picture(branch) == before


@pytest.mark.django_db
def test_what_is_led_may_only_be_proposed(branch, marta, kamil, tomek, plan, at):
    Setting.objects.create(
        key="monitoring_notice",
        value=(at - 60 * DAY).date().isoformat(),
        valid_from=at - 60 * DAY,
        set_at=at,
    )
    marta.notice_acknowledged_at = at - 50 * DAY
    marta.save()
    (client,) = clients(branch, marta, 1, at=at)
    referral = led(client, marta, 1, at - 9 * DAY, plan)
    bulk = portfolio.draft(by=tomek, at=at, giver=marta, branch=branch, to=[kamil])
    item = BulkItem.objects.get(referral=referral)
    assert item.receiver is None
    portfolio.give(by=tomek, at=at, item=item, to=kamil)
    bulk = run(tomek, bulk, at + MINUTE)
    proposed = Handoff.objects.get()
    assert (proposed.state, proposed.giver, proposed.bulk) == ("proposed", marta, bulk)
    assert holder(referral) == marta, "hers until she has said yes"
    undo(tomek, bulk, at + 2 * MINUTE)
    proposed.refresh_from_db()
    assert proposed.state == "withdrawn"


@pytest.mark.django_db
def test_other_counts_and_a_sum_that_does_not_fit(branch, marta, kamil, tomek, at):
    ola = cast.person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    clients(branch, marta, 6, at=at)
    bulk = portfolio.draft(by=tomek, at=at, giver=marta, branch=branch, to=[kamil, ola])
    for wrong in ({kamil: 5}, {kamil: 7, ola: 0}, {kamil: 7, ola: -1}):
        with pytest.raises(Refused, match="division_sum"):
            portfolio.divide(by=tomek, at=at, bulk=bulk, counts=wrong)
    assert {n for _who, n, _led in reads.totals(bulk)} == {3}
    portfolio.divide(by=tomek, at=at, bulk=bulk, counts={kamil: 5, ola: 1, tomek: 0})
    assert {who: n for who, n, _led in reads.totals(bulk)} == {kamil.pk: 5, ola.pk: 1}


@pytest.mark.django_db
def test_what_cannot_be_drafted(branch, marta, kamil, tomek, irena, at):
    arguments = {"by": tomek, "at": at, "giver": marta, "branch": branch}
    with pytest.raises(Refused, match="division_empty"):
        portfolio.draft(**arguments, to=[kamil])
    clients(branch, marta, 1, at=at)
    with pytest.raises(Refused, match="division_nobody"):
        portfolio.draft(**arguments, to=[])
    for wrong in (irena, marta):
        with pytest.raises(Refused, match="owner_unfit"):
            portfolio.draft(**arguments, to=[wrong])
    first = portfolio.draft(**arguments, to=[kamil])
    second = portfolio.draft(**arguments, to=[tomek])
    first.refresh_from_db()
    assert (first.state, second.state) == ("dropped", "draft")
    with pytest.raises(Refused, match="division_over"):
        portfolio.start(by=tomek, at=at, bulk=first)
    portfolio.start(by=tomek, at=at, bulk=second)
    with pytest.raises(Refused, match="division_running"):
        portfolio.draft(**arguments, to=[kamil])
    with pytest.raises(Refused, match="division_over"):
        portfolio.undo(by=tomek, at=at, bulk=first)


@pytest.mark.django_db
def test_what_changed_since_the_draft_stays_where_it_is(branch, marta, kamil, tomek, at):
    one, two = clients(branch, marta, 2, at=at)
    bulk = portfolio.draft(by=tomek, at=at, giver=marta, branch=branch, to=[kamil])
    one.owner = tomek
    one.save()
    bulk = run(tomek, bulk, at + MINUTE)
    owners = dict(Client.objects.values_list("pk", "owner_id"))
    assert owners == {one.pk: tomek.pk, two.pk: kamil.pk}
    undo(tomek, bulk, at + 2 * MINUTE)
    owners = dict(Client.objects.values_list("pk", "owner_id"))
    assert owners == {one.pk: tomek.pk, two.pk: marta.pk}
