"""A person who went through every room is erased: nothing of them is left anywhere.

Świętopełk is a client of Marta's and was recommended by Anna before that. He answered a survey and
a pulse, has a card with words of his own, chose his thanks, got a reward, agreed and disagreed,
wrote letters, was told of by another system, stands in files, in a dispute and in a complaint.
"""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import get_connection
from django.test import Client as Browser

from polecam.actions import (
    card_links,
    cards,
    client_consents,
    confirmations,
    erasure,
    inlets,
    moments,
    officer,
    person_requests,
    privacy,
    pulse,
    referrals_work,
    reward_grants,
    sales,
    survey_answers,
    surveys,
    thanks_choice,
)
from polecam.actions import thanks as thanking
from polecam.actions.journal import seal_due
from polecam.asking.inlet_rules import Told
from polecam.asking.models import Moment
from polecam.bonuses.models import Line
from polecam.claims.models import Claim, Dispute, DisputeParty
from polecam.clients.models import Client, Touch
from polecam.imports.models import RejectedRow
from polecam.insights.proofs import prove
from polecam.messages import mail
from polecam.messages.models import Bounce, Message
from polecam.organisation.models import Setting
from polecam.parties.models import Party
from polecam.privacy.models import Consent, PersonRequest, Telling
from polecam.referrals.cards import card_path
from polecam.referrals.models import Invitation, Referral
from polecam.surveys.models import Pulse, Survey
from polecam.thanks.models import RewardBudget, RewardGrant, Thanks
from tests.imports.support import bring
from tests.privacy.friend import answer, capture, deliver
from tests.privacy.traces import in_copy, in_files, in_sealed, in_tables, traces_of
from tests.surveys.support import an_ask
from tests.thanks.support import a_reward, asked, named, switch_on

pytestmark = pytest.mark.django_db(transaction=True)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FIRST, LAST = "Świętopełk", "Brzęczyszczykiewicz"
NUMBER, ADDRESS = "+48799123457", "swietopelk.brz@poczta.example"
CARD_NUMBER = "KLIENT-7771234"
CONTRACT = "UMOWA/778899"
NOTE = "chwalił obsługę przy okienku szóstym"
SAID = "Dziękuję wam za cierpliwość, wasz Świętek"
DIMINUTIVE = "Świętek"
TRACES = {"first": FIRST, "last": LAST, "number": NUMBER, "address": ADDRESS}
WORDS = (CARD_NUMBER, CONTRACT, NOTE, SAID, DIMINUTIVE)


@pytest.fixture(autouse=True)
def file_mail(settings, tmp_path):
    """Mail goes to files, as in a demo (pytest-django keeps it in memory)."""
    settings.MAIL_ROOT = tmp_path / "mail"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MAIL_ROOT.mkdir()
    settings.EMAIL_BACKEND = "polecam.messages.mail.FileBackend"
    assert isinstance(get_connection(), mail.FileBackend)


@pytest.fixture
def friend(anna, marta, tomek, plan, at) -> Referral:
    """Recommended by Anna: consent, words, a talk, a sale with its contract and a complaint."""
    start = at - 40 * DAY
    referral = capture(anna, marta, start, plan, name=FIRST)
    Invitation.objects.update(words=SAID)
    told = {"first_name": FIRST, "last_name": LAST, "phone": NUMBER, "email": ADDRESS}
    answer(referral.invitation, start, **told, channels=["phone", "sms", "email"])
    deliver(start + MINUTE)
    for consent in privacy.waiting(referral):
        confirmations.confirm(consent=consent, at=start + 2 * MINUTE)
    referral.refresh_from_db()
    Telling.objects.create(
        party=referral.party,
        referral=referral.public_id,
        wording=Consent.objects.first().wording,
        given_at=start,
    )
    meeting = referrals_work.set_meeting(
        by=marta, at=start + DAY, referral=referral, meeting_at=start + 2 * DAY
    )
    referrals_work.hold_meeting(by=marta, at=start + 2 * DAY, meeting=meeting)
    sale = sales.report(
        by=marta, at=start + 3 * DAY, referral=referral, value_grosze=900_000,
        margin_grosze=436_000, contract=CONTRACT, sold_on=(start + 3 * DAY).date(),
    )  # fmt: skip
    sales.confirm(by=tomek, at=start + 4 * DAY, sale=sale)
    complaint = sales.record_complaint(
        by=tomek, at=start + 5 * DAY, sale=sale, ground="service", note=NOTE
    )
    sales.decide_complaint(
        by=tomek, at=start + 6 * DAY, complaint=complaint, upheld=False, decision=NOTE
    )
    referral.refresh_from_db()
    return referral


@pytest.fixture
def client(friend, marta, ada, branch, at) -> Client:
    """The same person as a client: every room that knows clients knows him."""
    party = Party.objects.get(pk=friend.party_id)
    who, _new = Client.objects.get_or_create(
        party=party, defaults={"branch": branch, "created_at": at, "updated_at": at}
    )
    who.owner, who.number, who.product = marta, CARD_NUMBER, "konto"
    who.since, who.renews_on = at.date() - 400 * DAY, at.date() + 30 * DAY
    who.save()
    return who


@pytest.fixture
def everywhere(client, friend, anna, marta, kamil, tomek, ada, irena, branch, at) -> Client:
    """Through the actions of every room."""
    early = at - DAY
    Setting.objects.create(key="pulse_bp", value=10_000, valid_from=at - 90 * DAY, set_at=at)
    for purpose in ("survey", "thanks"):
        client_consents.give(
            client=client, channel="email", purpose=purpose, source="import", wording_code="",
            at=early, by=ada,
        )  # fmt: skip
    survey = surveys.ask(by=marta, at=early, client=client, way="email")
    deliver(early + MINUTE)
    survey_answers.answer(survey=survey, at=early + MINUTE, score=10)
    survey_answers.tell_what_helped(survey=survey, at=early + MINUTE, helped="listened")
    Touch.objects.all().delete()  # the pulse would wait for the contact limit
    an_ask(client, marta, at - timedelta(hours=26))
    pulse.ask_due(at=at)
    card = cards.open_card(by=marta, at=at, client=client)
    card_links.reword(card=card, at=at, words=SAID, language="pl")
    card_links.another(card=card, at=at, key="a" * 20)
    given = named(client, at)
    Touch.objects.all().delete()
    thanking.give(by=marta, at=at, thanks=given, way="email")
    deliver(at)
    switch_on(at)
    reward = a_reward(ada, at)
    RewardBudget.objects.create(branch=branch, year=at.year, grosze=100_000)
    thanks_choice.choose(client=client, choice="client", reward=reward, at=at)
    grant = asked(client, at)
    reward_grants.approve(by=tomek, at=at, grant=grant, why=NOTE)
    reward_grants.give(by=tomek, at=at, grant=grant)
    moments.note_moment(by=marta, at=at, client=client, kind="praise", on=at.date(), note=NOTE)
    inlet, _secret = inlets.make(by=ada, at=at, branch=branch, kind="webhook", name="CRM")
    inlets.hear(at=at, inlet=inlet, told=Told("e-1", CARD_NUMBER, "problem_solved"))
    table = "Nr klienta;Imię i nazwisko;Telefon;Opiekun;Klient od\n"
    row = f";{LAST} {FIRST};799-123-457;Nikt Taki;31.02.2020\n"
    bring(tomek, branch, table + row, at=at)
    RejectedRow.objects.get()
    person_requests.note(by=irena, at=at, kind="access", party=client.party)
    person_requests.note(by=irena, at=at, kind="erase", who=f"{LAST} {FIRST}, tel. 799 123 457")
    Bounce.objects.create(medium="email", index=client.party.email_index, at=at)
    case = Dispute.objects.create(
        referral=friend, branch=branch, raised_by=kamil, about="referral", reason="worked",
        claimed_bp=3_000, contested_bp=0, decider=tomek, raised_at=at, due_at=at + 2 * DAY,
        note=f"{FIRST} mówił co innego",
    )  # fmt: skip
    DisputeParty.objects.create(
        dispute=case, person=marta, before_bp=10_000, statement=f"Znam pana {LAST}"
    )
    client.refresh_from_db()
    return client


def left(tmp_path) -> list[str]:
    """Traces anywhere, a fresh copy included."""
    traces = traces_of(**TRACES, said=WORDS)
    folder = tmp_path / f"backup-{datetime.now(UTC):%H%M%S%f}"
    folder.mkdir()
    return [
        *in_tables(traces),
        *in_sealed(traces),
        *in_files(traces),
        *in_copy(traces, folder),
    ]


def broken(at: datetime) -> dict[str, list[str]]:
    """What each proof of `verify` finds."""
    return {proof.name: proof.problems for proof in prove(at)}


def touched(everywhere: Client) -> dict[str, int]:
    """How many rows of each room know the person beforehand: each must, or it proves nothing."""
    party = everywhere.party
    return {
        "surveys": Survey.objects.filter(client=everywhere, score=10).count(),
        "pulses": Pulse.objects.filter(client=everywhere).count(),
        "cards": everywhere.card_set.exclude(words="").count(),
        "invitations": Invitation.objects.filter(client=everywhere).count(),
        "tellings": Telling.objects.filter(party=party).count(),
        "thanks": Thanks.objects.filter(client=everywhere, done_at__isnull=False).count(),
        "rewards": RewardGrant.objects.filter(party=party, state="given").count(),
        "client_consents": everywhere.clientconsent_set.count(),
        "requests": PersonRequest.objects.count(),
        "messages": Message.objects.filter(party=party).count(),
        "moments": Moment.objects.filter(client=everywhere).count(),
        "told_by_inlet": Moment.objects.filter(client=everywhere, source="webhook").count(),
        "rejected_rows": RejectedRow.objects.count(),
        "bounces": Bounce.objects.count(),
        "claims": Claim.objects.filter(party=party).count(),
    }


def test_whoever_went_through_every_room_is_gone(everywhere, friend, irena, at, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    assert all(touched(everywhere).values()), touched(everywhere)
    traces = traces_of(**TRACES, said=WORDS)
    before = {*in_tables(traces), *in_sealed(traces)}
    for value in (FIRST, LAST, NUMBER, ADDRESS, CARD_NUMBER, CONTRACT, NOTE, SAID):
        assert any(hit.endswith(f": {value}") for hit in before), f"{value} was never there"
    assert in_files(traces)
    given = officer.export(by=irena, at=at, party=everywhere.party)
    told = json.dumps(given, default=str, ensure_ascii=False)
    for value in (LAST, ADDRESS, CARD_NUMBER):
        assert value in told, f"{value} was not told"
    own = card_path(everywhere.card_set.get())
    assert Browser().get(own).status_code == 200
    money = list(Line.objects.order_by("id").values("amount_grosze", "person", "month"))

    broken_before = broken(at)

    erasure.erase(by=irena, at=at, party=everywhere.party)

    assert left(tmp_path) == []
    assert traces.within("log", caplog.text.encode()) == []
    assert FIRST not in Browser().get(own).content.decode()
    kept = list(Line.objects.order_by("id").values("amount_grosze", "person", "month"))
    assert kept == money, "the books stand, without a name"
    erase_request = PersonRequest.objects.get(kind="erase")
    assert (erase_request.outcome, erase_request.who) == ("done", "")
    later = datetime.now(UTC) + DAY
    seal_due(at=later)
    proofs = broken(later)
    assert {name: proofs[name] for name in ("guards", "journal", "ledger", "receipts")} == {
        "guards": [], "journal": [], "ledger": [], "receipts": [],
    }  # fmt: skip
    assert proofs["tallies"] == broken_before["tallies"], "no count changed (some rows are planted)"


def test_the_search_itself_finds_what_is_hidden(client, tmp_path):
    """The proof is worth something: sealed text, a file and a copy are looked into."""
    traces = traces_of(**TRACES, said=WORDS)
    assert any(hit.startswith("parties.Party.phone") for hit in in_sealed(traces))
    assert any("copy-default" in hit for hit in in_copy(traces, tmp_path))
    assert not any(NUMBER in hit for hit in in_tables(traces)), "no number stands in plain text"
    (tmp_path / "uploads").mkdir(exist_ok=True)
    (tmp_path / "uploads" / "x.txt").write_text(f"zadzwonić: 799 123 457 ({LAST.upper()})")
    assert len({hit for hit in in_files(traces) if hit.startswith("x.txt")}) >= 2
