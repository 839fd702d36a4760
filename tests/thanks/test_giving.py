"""One tap says how a client was thanked; an e-mail goes only where it may."""

from datetime import timedelta

import pytest

from polecam.actions import client_mail
from polecam.actions.touches import touch
from polecam.clients.models import Touch
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed
from polecam.messages.models import Message
from polecam.thanks import queries
from polecam.thanks.models import Thanks
from polecam.worker import drain
from tests.referrals import growing
from tests.thanks.support import DAY, acts, allowed, code, email_agreed, named, talked


def test_one_thank_you_settles_all_of_the_occasion(anna, marta, at):
    first, second = named(anna, at), named(anna, at, first="Ola")
    acts.give(by=marta, at=at, thanks=second, way="words")
    assert set(Thanks.objects.values_list("way", flat=True)) == {"words"}
    assert not queries.owed(marta).exists()
    event = Event.objects.get(kind="thanks.given")
    assert set(event.data["rows"]) == {first.public_id, second.public_id}


def test_the_same_tap_twice_is_once_and_another_way_is_told(anna, marta, at):
    row = named(anna, at)
    acts.give(by=marta, at=at, thanks=row, way="words")
    assert acts.give(by=marta, at=at, thanks=row, way="words") == []
    assert Event.objects.filter(kind="thanks.given").count() == 1
    assert code(acts.give, by=marta, at=at, thanks=row, way="card") == "thanks_settled"
    assert code(acts.skip, by=marta, at=at, thanks=row) == "thanks_settled"


def test_the_client_wants_none(anna, marta, at):
    row = named(anna, at)
    acts.skip(by=marta, at=at, thanks=row)
    assert acts.skip(by=marta, at=at, thanks=row) == []
    assert not queries.owed(marta).exists()


def test_a_mistaken_tap_is_taken_back_in_time(anna, marta, at):
    row = named(anna, at)
    acts.give(by=marta, at=at, thanks=row, way="card")
    row.refresh_from_db()
    late = at + timedelta(minutes=11)
    assert code(acts.reopen, by=marta, at=late, thanks=row) == "undo_too_late"
    acts.reopen(by=marta, at=at + timedelta(minutes=1), thanks=row)
    assert list(queries.owed(marta)) == [row]


@pytest.mark.parametrize("who", ["kamil", "tomek", "ada", "irena", "pawel"])
def test_nobody_thanks_in_anothers_name(anna, at, who, request):
    row = named(anna, at)
    with pytest.raises(NotAllowed):
        acts.give(by=request.getfixturevalue(who), at=at, thanks=row, way="words")
    assert not queries.visible_to(request.getfixturevalue(who)).exists()


def test_unknown_ways_and_languages_are_refused(anna, marta, at):
    row = named(anna, at)
    assert code(acts.give, by=marta, at=at, thanks=row, way="pigeon") == "thanks_way"
    assert code(acts.give, by=marta, at=at, thanks=row, way="email", language="xx") == "thanks_way"


def test_an_email_goes_once_names_no_friend_and_takes_from_the_contact_limit(
    anna, marta, at, settings
):
    email_agreed(anna, at)
    row = named(anna, at, first="Zdzisław")
    named(anna, at, first="Ola")
    acts.give(by=marta, at=at, thanks=row, way="email")
    drain(at)
    drain(at)
    message = Message.objects.get(kind="thanks_recommended")
    assert message.to == "anna@poczta.example"
    assert "Pani Anno" in message.body
    assert "Zdzisław" not in message.body
    assert "Ola" not in message.body
    assert f"{settings.BASE_URL}/card/" in message.body
    assert Touch.objects.get().kind == "thanks"
    assert code(acts.reopen, by=marta, at=at, thanks=Thanks.objects.first()) == "thanks_sent"


def test_an_email_in_english(anna, marta, at):
    email_agreed(anna, at)
    acts.give(by=marta, at=at, thanks=named(anna, at), way="email", language="en")
    drain(at)
    assert Message.objects.get().body.startswith("Anna,\n\nthank you")


def test_inside_the_limit_words_are_always_possible(anna, marta, at):
    email_agreed(anna, at)
    touch(anna, "survey", at=at - 3 * DAY)
    row = named(anna, at)
    assert code(acts.give, by=marta, at=at, thanks=row, way="email") == "contacted_lately"
    assert list(queries.owed(marta)) == [row]
    acts.give(by=marta, at=at, thanks=row, way="words")
    assert Touch.objects.count() == 1


def test_without_consent_nothing_is_sent(anna, marta, at):
    row = named(anna, at)
    assert code(acts.give, by=marta, at=at, thanks=row, way="email") == "thanks_no_email"
    agreed = email_agreed(anna, at)
    agreed.withdrawn_at = at
    agreed.save()
    assert code(acts.give, by=marta, at=at, thanks=row, way="email") == "thanks_no_email"
    assert not Touch.objects.exists()


def test_a_consent_taken_back_meanwhile_leaves_the_thanks_owed(anna, marta, at):
    agreed = email_agreed(anna, at)
    row = named(anna, at)
    acts.give(by=marta, at=at, thanks=row, way="email")
    agreed.withdrawn_at = at
    agreed.save()
    drain(at)
    assert not Message.objects.exists()
    assert list(queries.owed(marta)) == [row]
    assert not Touch.objects.exists(), "nobody wrote to the client"


def test_a_consent_taken_back_in_the_night_leaves_the_thanks_owed(anna, marta, at, settings):
    """Written down in the evening, dropped in the morning."""
    settings.MAIL_AT_ONCE = False
    evening = at.replace(hour=21)
    agreed = email_agreed(anna, at)
    row = named(anna, at)
    acts.give(by=marta, at=evening, thanks=row, way="email")
    drain(evening)
    assert Message.objects.get().state == "waiting"
    agreed.withdrawn_at = evening
    agreed.save()
    for _twice in range(2):
        drain(evening + timedelta(hours=12))
    assert Message.objects.get().state == "dropped"
    drain(evening + timedelta(hours=12))
    assert list(queries.owed(marta)) == [row]
    assert not Touch.objects.exists()


def test_a_mail_server_that_is_down_loses_nothing(anna, marta, at, monkeypatch):
    email_agreed(anna, at)
    acts.give(by=marta, at=at, thanks=named(anna, at), way="email")
    event = Event.objects.get(kind="thanks.given")
    with monkeypatch.context() as broken:
        broken.setattr(client_mail, "send", _down)
        with pytest.raises(ConnectionError):
            acts.deliver(event=event, at=at)
    assert Thanks.objects.get().way == "email"
    drain(at)
    assert Message.objects.count() == 1


def _down(**_said: object) -> None:
    raise ConnectionError


def test_the_friend_took_it_back_between_list_and_tap(anna, marta, at):
    referral = growing.consented(anna, at=at - DAY)
    telling = allowed(referral, at - DAY)
    talked(referral, at)
    row = Thanks.objects.get(occasion="talked")
    telling.withdrawn_at = at
    telling.save()
    assert code(acts.give, by=marta, at=at, thanks=row, way="words") == "thanks_not_told"
