"""Messages the client wants, peace, thanks, and everything about them."""

import json

import pytest

from polecam.actions import client_consents, clients, own_copy
from polecam.actions.client_mail import agreed
from polecam.clients.models import ClientConsent
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation.models import Setting
from polecam.privacy.models import PersonRequest
from polecam.surveys.models import Pulse
from polecam.thanks.models import Reward, ThanksChoice
from tests.privacy.friend import say_yes

GIVE = {"channel": "email", "purpose": "survey", "wording_code": "client_survey_email"}


def test_nothing_is_offered_without_an_address(visitor, path):
    assert "client_survey_email" not in visitor.get(path).content.decode()
    visitor.post(f"{path}agree/", {"client_survey_email": "on"})
    assert not ClientConsent.objects.exists()


def test_each_by_itself_and_none_is_ticked(visitor, path, known):
    page = visitor.get(path).content.decode()
    assert known not in page
    assert "a•••@poczta.example" in page
    for code in ("client_survey_email", "client_thanks_email"):
        assert "checked" not in page.partition(f'name="{code}"')[2].partition(">")[0]
    visitor.post(f"{path}agree/", {"client_thanks_email": "on"})
    row = ClientConsent.objects.get()
    assert (row.purpose, row.channel, row.source) == ("thanks", "email", "card")
    assert (row.wording.code, row.wording.version, row.noted_by) == ("client_thanks_email", 1, None)
    page = visitor.get(path).content.decode()
    assert "client_thanks_email" not in page, "what stands is not offered again"
    assert "Bank Olszyna może podziękować mi e-mailem" in page.replace("\u00a0", " ")


def test_withdrawn_in_one_step(visitor, path, known, anna):
    visitor.post(f"{path}agree/", {"client_survey_email": "on", "client_thanks_email": "on"})
    assert agreed(anna, "email", "survey")
    visitor.post(f"{path}withdraw/", {"purpose": "survey", "channel": "email"})
    assert not agreed(anna, "email", "survey")
    assert agreed(anna, "email", "thanks")
    visitor.post(f"{path}withdraw/")
    assert not agreed(anna, "email", "thanks")
    assert ClientConsent.objects.count() == 2, "what was given stays as proof"


def test_given_twice_is_once_and_given_again_is_new(anna, known, at):
    one = client_consents.give(client=anna, source="card", at=at, **GIVE)
    assert client_consents.give(client=anna, source="card", at=at, **GIVE) == one
    assert client_consents.withdraw(client=anna, at=at) == 1
    assert client_consents.withdraw(client=anna, at=at) == 0
    assert client_consents.give(client=anna, source="card", at=at, **GIVE) != one
    rows = Event.objects.filter(kind__startswith="client.").order_by("id")
    kinds = rows.values_list("kind", flat=True)
    assert list(kinds) == ["client.agreed", "client.withdrew", "client.agreed"]


@pytest.mark.parametrize(
    "wrong",
    [{"channel": "fax"}, {"purpose": "offers"}, {"wording_code": "terms"}, {"source": "rumour"},
     {"channel": "sms"}, {"wording_code": ""}],
)  # fmt: skip
def test_nothing_else_can_be_agreed_to(anna, known, at, wrong):
    with pytest.raises(Refused, match="client_consent_unknown"):
        client_consents.give(client=anna, at=at, **{"source": "card", **GIVE, **wrong})


def test_a_seller_agrees_to_nothing_in_the_clients_place(visitor, path, known, anna, marta, at):
    with pytest.raises(NotAllowed):
        client_consents.give(client=anna, source="card", at=at, by=marta, **GIVE)
    imported = {**GIVE, "wording_code": ""}
    with pytest.raises(NotAllowed):
        client_consents.give(client=anna, source="import", at=at, by=marta, **imported)
    visitor.force_login(marta)
    visitor.post(f"{path}agree/", {"client_survey_email": "on"})
    assert not ClientConsent.objects.exists(), "an employee is signed in in this browser"


def test_the_core_system_tells_of_a_consent(anna, known, ada, at):
    made = client_consents.give(
        client=anna, source="import", at=at, by=ada, **{**GIVE, "wording_code": ""}
    )
    assert (made.wording, made.noted_by) == (None, ada)


def test_left_in_peace_at_once_and_back_again(visitor, path, anna):
    visitor.post(f"{path}never/")
    anna.refresh_from_db()
    assert anna.never_ask_at
    page = visitor.get(path).content.decode()
    assert f"{path}again/" in page
    visitor.post(f"{path}again/")
    anna.refresh_from_db()
    assert anna.never_ask_at is None
    assert f"{path}never/" in visitor.get(path).content.decode()


def test_an_employee_does_not_say_ask_again_by_the_link(visitor, path, anna, marta, at):
    clients.never_ask(by=None, at=at, client=anna)
    visitor.force_login(marta)
    visitor.post(f"{path}again/")
    anna.refresh_from_db()
    assert anna.never_ask_at


def test_thanks_are_chosen_where_the_plan_allows(visitor, path, anna, ada, at):
    assert "thanks/" not in visitor.get(path).content.decode()
    Setting.objects.create(key="rewards", value=True, valid_from=at, set_at=at)
    book = Reward.objects.create(
        side="client", title_pl="karta do księgarni", title_en="book token", value_grosze=5_000,
        made_at=at,
    )  # fmt: skip
    page = visitor.get(path).content.decode()
    assert "karta do księgarni" in page
    visitor.post(f"{path}thanks/", {"choice": f"client:{book.public_id}"})
    assert ThanksChoice.objects.get().reward == book
    visitor.post(f"{path}thanks/", {"choice": "none"})
    assert ThanksChoice.objects.get().choice == "none"
    visitor.post(f"{path}thanks/", {"choice": "client:nosuch"})
    visitor.post(f"{path}thanks/", {"choice": "everything"})
    assert ThanksChoice.objects.get().choice == "none"


def test_the_open_pulse_is_one_line(visitor, path, anna, marta, at):
    from datetime import timedelta

    assert "/p/" not in visitor.get(path).content.decode()
    Pulse.objects.create(
        ask="a" * 15, client=anna, seller=marta, branch=anna.branch, made_at=at,
        expires_at=at + timedelta(days=9),
    )  # fmt: skip
    assert "/p/" in visitor.get(path).content.decode()


def test_the_terms_with_number_and_date(visitor, path, firm, at):
    from polecam.privacy import wordings

    wordings.install(at)
    page = visitor.get(path).content.decode().replace("\u00a0", " ")
    assert "Regulamin programu, wersja 1" in page
    assert 'href="/terms/"' in page


def test_everything_about_me_masked_and_without_notes(visitor, path, link, anna, marta, known, at):
    anna.party.set_phone("+48600111222")
    anna.party.save()
    clients.note_moment(
        by=marta, at=at, client=anna, kind="praise", on=day_of(at, "Europe/Warsaw"),
        note="Wspomniała siostrę",
    )  # fmt: skip
    say_yes(link, at, first_name="Piotr", last_name="Nowak")
    page = visitor.get(f"{path}me/").content.decode()
    copy = visitor.post(f"{path}me/copy/")
    told = json.loads(copy.content)
    assert copy["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind="party.exported").count() == 1
    for shown in (page, copy.content.decode()):
        assert "Kowalczyk" in shown
        assert "a•••@poczta.example" in shown
        for secret in (known, "600111222", "600 111 222", "siostrę", "Piotr", "Nowak", "/z/"):
            assert secret not in shown
    assert told["card"]["links"][0]["reached"] == "ready"
    assert visitor.get(f"{path}me/copy/").status_code == 405


def test_a_joined_record_is_masked_too(card, anna, branch, marta, known, at):
    from tests.cast import client

    twin = client(branch, marta, "Ania", "Kowalczyk", at=at)
    twin.party.set_email("ania@praca.example")
    twin.party.same_as = anna.party
    twin.party.save()
    assert "ania@praca.example" not in json.dumps(own_copy.about(card, at=at))


@pytest.mark.parametrize("kind", ["erase", "port", "rectify"])
def test_the_officer_is_asked_once_with_a_day(visitor, path, anna, at, kind):
    for _ in range(2):
        visitor.post(f"{path}me/ask/", {"kind": kind})
    request = PersonRequest.objects.get()
    assert (request.kind, request.party, request.noted_by) == (kind, anna.party, None)
    assert (request.due_on - request.received_on).days == 30
    page = visitor.get(f"{path}me/").content.decode()
    assert f'name="kind" value="{kind}"' not in page
    assert anna.party.erased_at is None, "a person decides first"


def test_nothing_else_is_asked_of_the_officer(visitor, path, marta):
    visitor.post(f"{path}me/ask/", {"kind": "object"})
    visitor.force_login(marta)
    visitor.post(f"{path}me/ask/", {"kind": "erase"})
    assert not PersonRequest.objects.exists()


def test_an_objection_is_done_at_once(visitor, path, anna, known):
    visitor.post(f"{path}agree/", {"client_survey_email": "on"})
    for _ in range(2):
        visitor.post(f"{path}me/object/")
    anna.refresh_from_db()
    assert anna.never_ask_at
    assert not agreed(anna, "email", "survey")
    request = PersonRequest.objects.get()
    assert (request.kind, request.outcome, request.party) == ("object", "done", anna.party)
