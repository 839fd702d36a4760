"""Whom to ask today: who is never suggested, in which order, in how many queries."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks, referrals
from polecam.asking import budget, catalogue, words
from polecam.asking.models import Moment
from polecam.insights import today as insight
from polecam.kit.periods import day_of
from polecam.privacy.models import Suppression
from tests.cast import client

ZONE = "Europe/Warsaw"
DAY = timedelta(days=1)


def note(who, kind, at, days=0, **more):
    return Moment.objects.create(
        client=who,
        kind=kind,
        wrong=not catalogue.BY_CODE[kind].good,
        on=day_of(at, ZONE) - days * DAY,
        noted_at=at,
        **more,
    )


def look(person, branch, at):
    return insight.for_(person, branch, at=at, zone=ZONE, language="pl", business="bank")


def suggested(person, branch, at):
    return [s.client.party.first_name for s in look(person, branch, at).suggestions]


def test_a_fresh_moment_of_an_own_client_is_suggested_with_words(marta, anna, branch, plan, at):
    words.install(at)
    note(anna, "keys", at, 1)
    (found,) = look(marta, branch, at).suggestions
    assert found.client == anna
    assert found.moment.kind == "keys"
    assert found.never_asked
    assert found.estimate.grosze > 0
    shown = found.words.sentences
    assert {script.code for script in shown} == {"keys-home", "keys-neighbours"}
    assert all(script.exit_line for script in shown)


@pytest.mark.parametrize("kind", [k.code for k in catalogue.DELIVERED if not k.good])
def test_a_wrong_moment_hides_every_good_one(marta, anna, branch, at, kind):
    note(anna, "praise", at)
    note(anna, kind, at, 5)
    assert suggested(marta, branch, at) == []


def test_a_closed_complaint_hides_for_ninety_days(marta, anna, branch, at):
    note(anna, "praise", at)
    closed = note(anna, "complaint", at, 100, closed_at=at - 50 * DAY)
    assert suggested(marta, branch, at) == []
    Moment.objects.filter(pk=closed.pk).update(closed_at=at - 91 * DAY)
    assert suggested(marta, branch, at) == ["Anna"]


def test_never_ask_resting_objection_and_colleagues_clients_are_left_out(
    marta, kamil, anna, branch, at
):
    note(anna, "praise", at)
    his = client(branch, kamil, "Jan", "Lis", at=at)
    note(his, "praise", at)
    assert suggested(marta, branch, at) == ["Anna"]
    anna.resting_until = day_of(at, ZONE) + DAY
    anna.save()
    assert suggested(marta, branch, at) == []
    anna.resting_until, anna.never_ask_at = None, at
    anna.save()
    assert suggested(marta, branch, at) == []
    anna.never_ask_at = None
    anna.save()
    anna.party.set_phone("+48601673417")
    anna.party.save()
    Suppression.objects.create(kind="phone", index=anna.party.phone_index, at=at)
    assert suggested(marta, branch, at) == []


def test_a_shared_client_is_suggested_to_anyone_of_the_branch(kamil, anna, branch, at):
    note(anna, "praise", at)
    assert suggested(kamil, branch, at) == []
    anna.shared = True
    anna.save()
    assert suggested(kamil, branch, at) == ["Anna"]


@given(st.integers(0, 400), st.sampled_from(["names", "pass_on", "declined", "open"]))
def test_nobody_inside_the_cool_off_is_suggested(marta, anna, branch, at, days, outcome):
    """Invariant 18 through SQL and rules together."""
    from django.db import transaction

    with transaction.atomic():
        save = transaction.savepoint()
        note(anna, "praise", at)
        when = at - days * DAY
        ask = asks.record(by=marta, at=when, client=anna, key="a")
        if outcome != "open":
            asks.answer(by=marta, at=when, ask=ask, outcome=outcome)
        rested = (day_of(at, ZONE) - day_of(when, ZONE)).days  # the clock changes in between
        expected = [] if rested < 90 else ["Anna"]
        assert suggested(marta, branch, at) == expected
        transaction.savepoint_rollback(save)


def test_two_refusals_rest_a_year(marta, anna, branch, at):
    note(anna, "praise", at)
    for days in (300, 200):
        ask = asks.record(by=marta, at=at - days * DAY, client=anna, key=str(days))
        asks.answer(by=marta, at=at - days * DAY, ask=ask, outcome="declined")
    assert suggested(marta, branch, at) == []
    assert suggested(marta, branch, at + 165 * DAY) == []


@pytest.mark.parametrize("kind", [k.code for k in catalogue.for_line("bank") if k.good])
def test_a_stale_moment_is_no_reason(marta, anna, branch, at, kind):
    moment = note(anna, kind, at, catalogue.BY_CODE[kind].days)
    assert suggested(marta, branch, at) == []
    Moment.objects.filter(pk=moment.pk).update(on=moment.on + DAY)
    assert suggested(marta, branch, at) == ["Anna"]


def test_five_at_most_the_freshest_first_and_each_client_once(marta, branch, at):
    for number, name in enumerate(["Ala", "Ela", "Iga", "Ola", "Ula", "Ewa", "Zoe"]):
        who = client(branch, marta, name, "Test", at=at)
        note(who, "praise", at, number)
        note(who, "high_rating", at, number, rating=10)
    found = look(marta, branch, at).suggestions
    assert [s.client.party.first_name for s in found] == ["Ala", "Ela", "Iga", "Ola", "Ula"]
    assert all(len(s.moments) == 2 for s in found)


def test_a_client_who_came_recommended_ranks_higher(marta, anna, branch, at):
    note(anna, "praise", at)
    other = client(branch, marta, "Ewa", "Nowak", at=at, introduced_by=anna)
    note(other, "praise", at, 5)
    assert suggested(marta, branch, at) == ["Ewa", "Anna"]


def test_a_skip_puts_aside_for_this_seller_only(marta, kamil, anna, branch, at):
    anna.shared = True
    anna.save()
    note(anna, "keys", at)
    asks.skip(by=marta, at=at, client=anna, reason="in_a_hurry")
    assert suggested(marta, branch, at) == []
    assert suggested(kamil, branch, at) == ["Anna"]
    assert suggested(marta, branch, at + DAY) == ["Anna"]


def test_a_due_follow_up_stands_on_the_page_even_inside_the_rest(marta, anna, branch, at):
    start = at - 20 * DAY
    ask = asks.record(by=marta, at=start, client=anna, key="a")
    asks.answer(by=marta, at=start, ask=ask, outcome="later", later_on=day_of(at, ZONE))
    note(anna, "praise", at)
    page = look(marta, branch, at)
    assert [f.ask for f in page.follow_ups] == [ask]
    assert page.suggestions == ()
    note(anna, "complaint", at)
    assert look(marta, branch, at).follow_ups == ()


def test_a_colleagues_ask_leaves_no_date_and_no_count(marta, kamil, anna, branch, plan, at):
    """Others see that a client rests, never when or why, nor what the client said."""
    anna.shared = True
    anna.save()
    when = at - 120 * DAY
    ask = asks.record(by=kamil, at=when, client=anna, key="a")
    referrals.capture(by=kamil, at=when, client=anna, first_name="Jan", ask=ask, key="b")
    note(anna, "praise", at)
    (found,) = look(marta, branch, at).suggestions
    assert (found.never_asked, found.own_last_ask, found.own_referrals) == (False, None, 0)
    (his,) = look(kamil, branch, at).suggestions
    assert (his.own_last_ask, his.own_referrals) == (when, 1)


def test_queries_do_not_grow_with_the_list(marta, branch, plan, at):
    from django.db import connection

    words.install(at)
    counts = []
    for names in (["Ala"], ["Ela", "Iga", "Ola", "Ula", "Ewa"]):
        for name in names:
            note(client(branch, marta, name, "Test", at=at), "praise", at)
        look(marta, branch, at)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            look(marta, branch, at)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_rests_tells_that_and_not_why(marta, anna, branch, at):
    other = client(branch, marta, "Ewa", "Nowak", at=at)
    asks.record(by=marta, at=at, client=anna, key="a")
    assert budget.rests([anna, other], at=at, zone=ZONE) == {anna.pk}


def test_an_objection_on_file_silences_a_follow_up_too(marta, anna, branch, at):
    start = at - 20 * DAY
    ask = asks.record(by=marta, at=start, client=anna, key="a")
    asks.answer(by=marta, at=start, ask=ask, outcome="later", later_on=day_of(at, ZONE))
    anna.party.set_email("anna@example.pl")
    anna.party.save()
    Suppression.objects.create(kind="email", index=anna.party.email_index, at=at)
    assert look(marta, branch, at).follow_ups == ()
