"""The webhook: forged, replayed, too old, too large, unknown; nothing is told."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Web
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import inlets
from polecam.asking import inlet_rules
from polecam.asking.models import Inlet, Moment, MomentType
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.privacy.models import Suppression
from polecam.store.models import Hit


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def hook(ada, branch, at, catalogue) -> tuple[Inlet, str]:
    """An inlet of the whole firm, and its secret."""
    return inlets.make(by=ada, at=at, kind="webhook", name="Szkody", branch=None)


def post(inlet, secret, said, *, at=None, header=None, raw=None):
    body = raw if raw is not None else json.dumps(said).encode()
    seconds = int((at or datetime.now(UTC)).timestamp())
    signed = f"t={seconds},v1={inlet_rules.signature(secret, seconds, body)}"
    return Web(enforce_csrf_checks=True).post(
        reverse("inlets:hear", args=[inlet.public_id]),
        data=body,
        content_type="application/json",
        headers={"polecam-signature": signed if header is None else header},
    )


SAID = {"event": "e-1", "client": "K-1", "kind": "loan_disbursed"}


def test_a_signed_telling_becomes_a_moment_without_a_session(hook, numbered, now):
    answer = post(*hook, SAID)
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted"})
    assert not answer.cookies
    moment = Moment.objects.get()
    assert (moment.client, moment.kind, moment.source) == (numbered, "loan_disbursed", "webhook")
    assert moment.on == day_of(now, "Europe/Warsaw")
    inlet = Inlet.objects.get()
    assert (inlet.accepted, inlet.unmatched) == (1, 0)
    assert inlet.used_at is not None


def test_the_same_event_is_heard_once_and_its_first_word_stands(hook, numbered, jan):
    for said in (SAID, SAID, {**SAID, "client": "K-2"}, {**SAID, "kind": "complaint"}):
        assert post(*hook, said).status_code == 202
    assert [m.client for m in Moment.objects.all()] == [numbered]
    assert Inlet.objects.get().accepted == 1


@pytest.mark.parametrize("minutes", [-6, 6, -60 * 24])
def test_too_old_or_too_early_is_not_heard(hook, numbered, now, minutes):
    answer = post(*hook, SAID, at=now + timedelta(minutes=minutes))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed")
    assert not Moment.objects.exists()


@pytest.mark.parametrize(
    "header", ["", "t=1,v1=", "t=1;v1=00", "v1=" + "0" * 64, f"t=9,v1={'0' * 64}", "x" * 5000]
)
def test_a_forged_signature_is_not_heard(hook, numbered, header):
    assert post(*hook, SAID, header=header).status_code == 401
    assert not Moment.objects.exists()


def test_a_signature_of_another_body_or_inlet_is_not_heard(hook, ada, numbered, at):
    inlet, secret = hook
    other, others = inlets.make(by=ada, at=at, kind="webhook", name="Serwis", branch=None)
    assert post(inlet, others, SAID).status_code == 401
    good = post(inlet, secret, SAID, raw=b"{}", header=_header(secret, json.dumps(SAID).encode()))
    assert good.status_code == 401
    inlets.close(by=ada, at=at, inlet=other)
    closed, unknown = post(other, others, SAID), post(Inlet(public_id="nobody"), "x", SAID)
    assert closed.status_code == unknown.status_code == 401
    assert closed.content == unknown.content, "closed and unknown look the same"
    assert not Moment.objects.exists()


def _header(secret, body):
    seconds = int(datetime.now(UTC).timestamp())
    return f"t={seconds},v1={inlet_rules.signature(secret, seconds, body)}"


def test_known_unknown_and_quiet_clients_get_the_same_answer(
    hook, numbered, jan, branch, kamil, at
):
    from tests.cast import client

    Client.objects.filter(pk=jan.pk).update(never_ask_at=at)
    objector = client(branch, kamil, "Ewa", "Nowak", at=at, number="K-3")
    objector.party.set_phone("+48601223344")
    objector.party.save()
    Suppression.objects.create(kind="phone", index=objector.party.phone_index, at=at)
    answers = [
        post(*hook, {**SAID, "event": f"e-{number}", "client": number})
        for number in ("K-1", "K-2", "K-3", "K-404")
    ]
    assert {answer.content for answer in answers} == {b'{"status": "accepted"}'}
    assert {answer.status_code for answer in answers} == {202}
    assert Moment.objects.count() == 1
    assert (Inlet.objects.get().accepted, Inlet.objects.get().unmatched) == (1, 3)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"kind": "pogoda"}, "telling_kind", "kind"),
        ({"kind": "claim_paid"}, "telling_kind_unused", "kind"),
        ({"on": "2999-01-01"}, "telling_day", "on"),
        ({"on": "2001-01-01"}, "telling_day", "on"),
        ({"on": "wczoraj"}, "telling_field", "on"),
        ({"on": 7}, "telling_field", "on"),
        ({"event": ""}, "telling_field", "event"),
        ({"event": "a b"}, "telling_field", "event"),
        ({"client": None}, "telling_field", "client"),
        ({"client": "K\u00001"}, "telling_field", "client"),
        ({"rating": 11}, "telling_field", "rating"),
        ({"rating": True}, "telling_field", "rating"),
        ({"kind": "high_rating", "rating": 8}, "telling_field", "rating"),
        ({"kind": "not_now"}, "telling_field", "until"),
        ({"kind": "complaint", "until": "2001-01-01"}, "telling_field", "until"),
        ({"note": "chora"}, "telling_json", None),
    ],
)
@pytest.mark.parametrize("client", ["K-1", "K-404"])
def test_what_is_wrong_is_said_before_anybody_looks_for_the_client(
    hook, numbered, client, more, code, field
):
    answer = post(*hook, {**SAID, "client": client, **more})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error.get("field")) == (422, code, field)
    assert error["message"]
    assert not Moment.objects.exists()
    assert Inlet.objects.get().unmatched == 0


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 9000, b'"x"'])
def test_a_body_that_is_no_object_is_refused(hook, raw):
    answer = post(*hook, None, raw=raw)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "telling_json")


def test_a_megabyte_is_not_read(hook, numbered):
    answer = post(*hook, None, raw=b" " * 1_048_576)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_only_posts_and_not_too_many(hook, numbered, monkeypatch):
    url = reverse("inlets:hear", args=[hook[0].public_id])
    assert Web().get(url).status_code == 405
    monkeypatch.setattr("polecam.web.pages.inlets.hearing.PER_INLET", (2, 60))
    Hit.objects.all().delete()
    statuses = [post(*hook, {**SAID, "event": f"e{n}"}).status_code for n in range(3)]
    assert statuses == [202, 202, 429]


def test_an_inlet_of_a_branch_reaches_its_clients_only(ada, firm, numbered, at, catalogue):
    from polecam.organisation.models import Branch
    from polecam.people.models import Membership

    other = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    Membership.objects.create(person=ada, branch=other, role="admin", since=at)
    inlet, secret = inlets.make(by=ada, at=at, kind="webhook", name="Serwis", branch=other)
    assert post(inlet, secret, SAID).status_code == 202
    assert not Moment.objects.exists()
    numbered_there = Client.objects.filter(pk=numbered.pk)
    numbered_there.update(branch=other)
    assert post(inlet, secret, SAID).status_code == 202
    assert Moment.objects.count() == 1


def test_a_number_of_two_branches_is_nobodys(hook, numbered, kamil, at):
    from polecam.organisation.models import Branch
    from tests.cast import client

    other = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    client(other, kamil, "Ala", "Bielak", at=at, number="K-1")
    post(*hook, SAID)
    assert (Moment.objects.count(), Inlet.objects.get().unmatched) == (0, 1)


def test_only_an_admin_opens_and_closes_and_the_secret_is_sealed(hook, marta, ada, at):
    inlet, secret = hook
    assert secret not in inlet.secret_sealed
    assert secret not in str(list(Event.objects.values()))
    with pytest.raises(NotAllowed):
        inlets.make(by=marta, at=at, kind="webhook", name="Moje", branch=None)
    with pytest.raises(NotAllowed):
        inlets.close(by=marta, at=at, inlet=inlet)
    with pytest.raises(Refused, match="inlet_name"):
        inlets.make(by=ada, at=at, kind="webhook", name=" ", branch=None)
    with pytest.raises(Refused, match="inlet_kind"):
        inlets.make(by=ada, at=at, kind="fax", name="Faks", branch=None)
    inlets.close(by=ada, at=at, inlet=inlet)
    assert Inlet.objects.get().secret == ""
    inlets.close(by=ada, at=at, inlet=inlet)
    assert Event.objects.filter(kind="inlet.closed").count() == 1


@given(st.binary(max_size=200), st.integers(0, 2**33), st.text(max_size=40))
def test_no_signature_without_the_secret(body, seconds, header):
    at = datetime.fromtimestamp(seconds, UTC)
    assert not inlet_rules.signed("s", header, body, at=at)
    good = f"t={seconds},v1={inlet_rules.signature('s', seconds, body)}"
    assert inlet_rules.signed("s", good, body, at=at)
    assert not inlet_rules.signed("other", good, body, at=at)
    assert not inlet_rules.signed("s", good, body + b" ", at=at)


def test_a_switched_off_kind_waits_for_the_admin(hook, numbered):
    MomentType.objects.filter(code="loan_disbursed").update(used=False)
    assert post(*hook, SAID).status_code == 422
    MomentType.objects.filter(code="loan_disbursed").update(used=True)
    assert post(*hook, SAID).status_code == 202
    assert Moment.objects.count() == 1


@pytest.mark.parametrize("field", ["client", "kind", "event"])
def test_half_a_character_is_no_text(hook, numbered, field):
    """JSON can spell a lone surrogate; no database can keep one."""
    answer = post(*hook, {**SAID, field: "K\ud800"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)


def test_no_stranger_uses_up_the_tellings_of_a_system(hook, numbered, monkeypatch):
    monkeypatch.setattr("polecam.web.pages.inlets.hearing.PER_INLET", (2, 60))
    for _ in range(4):
        assert post(*hook, SAID, header="t=1,v1=" + "0" * 64).status_code == 401
    assert post(*hook, SAID).status_code == 202
