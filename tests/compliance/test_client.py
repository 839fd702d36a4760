"""Rows of docs/compliance.md about the client who recommends."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import asks, cards, pulse, setup, touches
from polecam.actions.invitations import make
from polecam.asking import budget, rules
from polecam.asking.models import Ask, Moment, Script
from polecam.asking.words import install
from polecam.kit.errors import Refused
from polecam.organisation import secrecy
from polecam.privacy import notice
from polecam.privacy.models import Wording
from polecam.referrals.cards import card_path
from polecam.referrals.links import friend_path
from polecam.referrals.models import Referral
from polecam.surveys.models import Pulse, SuggestionPause
from polecam.thanks.models import RewardGrant, Thanks
from polecam.web.access import RULES
from tests.cast import ZONE
from tests.house.law import models
from tests.privacy.friend import invite
from tests.referrals import growing
from tests.surveys.support import agree, an_ask
from tests.thanks import support as thanking

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shown(path: str) -> str:
    return Browser(headers={"accept-language": "pl"}).get(path).content.decode()


def test_c12_bank_secrecy(firm, branch, anna, marta, ada, at):
    anna.product = "kredyt hipoteczny"
    anna.save()
    passed_on = make(by=marta, at=at, client=anna)
    held_up = invite(anna, marta, at, reusable=True, shown_by_seller=True)
    assert "Anna Kowalczyk" in shown(friend_path(passed_on)), "the client's own act names them"
    assert "Kowalczyk" not in shown(friend_path(held_up))
    early = at - timedelta(minutes=1)
    setup.set_setting(by=ada, at=early, key="client_may_be_named", value=True, why="Zgody klientów")
    assert "Kowalczyk" in shown(friend_path(held_up))
    setup.set_setting(by=ada, at=early, key="bank_secrecy", value=True)
    assert not secrecy.names_client(shown_by_seller=False, at=at, branch=branch)
    for invitation in (passed_on, held_up):
        page = shown(friend_path(invitation))
        for word in ("Kowalczyk", "Anna", "nasz klient", "nasza klientka", "kredyt hipoteczny"):
            assert word not in page, word
    source = {s.key: s.text for s in notice.sections(
        firm=firm, branch=branch, seller=marta, client_name="", language="en", at=at,
    )}["source"]  # fmt: skip
    assert "client" not in source
    words = ("product", "balance", "amount", "value", "saldo", "account")
    fields = {field.name for field in Referral._meta.get_fields()}
    assert not {name for name in fields for word in words if word in name}


def test_c13_client_learns_of_the_talk_only(anna, marta, at):
    silent = growing.captured(anna, at=at, first="Piotr")
    thanking.told(silent, "referral.captured", at)
    thanking.talked(silent, at)
    assert {row.occasion for row in Thanks.objects.all()} == {"recommended"}
    allowing = growing.captured(anna, at=at, first="Ola")
    thanking.allowed(allowing, at)
    thanking.talked(allowing, at)
    assert Thanks.objects.filter(occasion="talked").count() == 1
    for kind in ("referral.won", "referral.lost"):
        thanking.told(allowing, kind, at)
    assert Thanks.objects.count() == 2, "no sale is thanked for"


def test_c16_programme_terms_in_reach(anna, marta, at):
    card = cards.open_card(by=marta, at=at, client=anna)
    terms = reverse("public:terms")
    for path in (card_path(card), friend_path(invite(anna, marta, at))):
        assert terms in shown(path)
    assert Browser().get(terms).status_code == 200
    from polecam.privacy import wordings

    assert wordings.current("terms", "pl", at=at).version == wordings.VERSIONS["terms"]
    assert {row.language for row in Wording.objects.filter(code="terms")} == {"pl", "en"}


def test_c17_clients_do_not_advise(anna, marta, ada, at):
    card = cards.open_card(by=marta, at=at, client=anna)
    page = shown(card_path(card))
    assert 'type="file"' not in page, "nothing is uploaded"
    assert "multipart" not in page
    thanking.switch_on(at)
    reward = thanking.a_reward(ada, at, value_grosze=1_000)
    thanking.chosen(anna, reward, at)
    flags = [
        thanking.asked(anna, at, first=first).flag
        for first in ("Ola", "Jan", "Ewa", "Adam", "Iza", "Piotr")
    ]
    assert flags == [""] * 5 + ["many"], "more than five in a year wait for a human"
    worth = set(RewardGrant.objects.values_list("value_grosze", flat=True))
    assert worth == {1_000}, "flat, whatever the friend does"


def test_c19_testimonials(db):
    """Not built yet: nothing may be published, so no address and no model publishes anything."""
    areas = {name.partition(":")[0] for name in RULES}
    assert not {"references", "testimonials", "stories"} & areas
    assert not {m.__name__ for m in models()} & {"Testimonial", "Reference"}


def test_c25_client_not_asked_too_often(anna, marta, kamil, at):
    anna.shared = True
    anna.save()
    asks.record(by=kamil, at=at - 30 * DAY, client=anna, key="a")
    assert budget.why(marta, anna, at=at, zone=ZONE) is not None, "any seller's ask counts"
    flagged = asks.record(by=marta, at=at, client=anna, key="b")
    assert flagged.inside_rest, "what happened is recordable, and flagged"
    assert rules.Limits(rest_days=90, refusals_rest_days=365, recovery_days=90) == rules.Limits()


def test_c26_never_ask_me(anna, marta, at):
    card = cards.open_card(by=marta, at=at, client=anna)
    assert Browser().post(f"{card_path(card)}never/", {}).status_code == 303
    anna.refresh_from_db()
    assert anna.never_ask_at is not None
    assert budget.why(marta, anna, at=at + DAY, zone=ZONE) is not None
    assert asks.record(by=marta, at=at + timedelta(0), client=anna, key="x").inside_rest
    from tests import cast

    other = cast.client(anna.branch, marta, "Ewa", "Lis", at=at)
    touches.touch(other, "survey", at=at)
    with pytest.raises(Refused, match="contacted_lately"):
        touches.touch(other, "thanks", at=at)


def test_c27_free_to_refuse(anna, marta, ada, tomek, at):
    setup.set_setting(by=ada, at=at - 3 * DAY, key="pulse_bp", value=10_000)
    an_ask(agree(anna, at), marta, at - timedelta(hours=26))
    assert pulse.ask_due(at=at) == 1
    pulse.answer(pulse=Pulse.objects.get(), at=at, free=False)
    assert Pulse.objects.filter(free=False).count() == 1
    assert not SuggestionPause.objects.exists(), "nothing pauses before a human looked"
    from polecam.organisation.settings import KINDS

    assert KINDS["pulse_bp"].default == 500, "five per cent"


def test_c33_every_sentence_has_its_way_out(firm, marta, anna, at):
    install(at)
    assert Script.objects.count() > 10
    assert not Script.objects.filter(exit_line="").exists()
    from polecam.actions import own_words

    said = {"kind": "praise", "language": "pl", "text": "Mam prośbę: kogo Pani poleci?"}
    with pytest.raises(Refused):
        own_words.write(by=marta, at=at, exit_line="", **said)
    own_words.write(by=marta, at=at, exit_line="Można śmiało odmówić.", **said)
    refused = Ask.objects.create(
        client=anna, seller=marta, branch=anna.branch, asked_at=at, outcome="declined"
    )
    assert refused.outcome == "declined"
    assert not Moment.objects.exists(), "a no costs nothing"
