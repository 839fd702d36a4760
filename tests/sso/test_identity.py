"""What a provider's answer is worth: forged, old, foreign and replayed ones open nothing."""

import base64
import hmac
import json
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from polecam.actions import single_sign_on
from polecam.kit import outside
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from polecam.people.models import Membership
from polecam.signin import oidc
from polecam.signin.models import Identity
from polecam.web.pages.sso import journeys

ISSUER, CLIENT = "https://id.olszyna.example", "polecam"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})


class Stand:
    """A provider that says what the test wants it to say."""

    def __init__(self) -> None:
        self.keys, self.asked, self.answer, self.away = [KEY], [], None, False

    def __call__(self, method, url, *, headers, body=b"", **more) -> outside.Answer:
        if self.away:
            raise outside.Unreached("away")
        self.asked.append((method, url, headers, parse_qs(body.decode())))
        path = urlsplit(url).path
        said = {
            "/.well-known/openid-configuration": {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/go",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "userinfo_endpoint": f"{ISSUER}/me",
            },
            "/keys": {"keys": [key.as_dict(private=False) for key in self.keys]},
            "/token": {"id_token": self.answer, "access_token": "opens-me"},
            "/me": {"sub": "7", "email": "marta.zielinska@olszyna.example", "email_verified": True},
        }[path]
        return outside.Answer(200, json.dumps(said).encode())


def claims(**more: object) -> dict:
    now = int(time.time())
    said = {
        "iss": ISSUER, "aud": CLIENT, "sub": "7", "nonce": "n", "iat": now, "exp": now + 60,
        "email": "marta.zielinska@olszyna.example", "email_verified": True, **more,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def signed(said: dict, key=KEY, alg: str = "RS256") -> str:
    return jwt.encode({"alg": alg, "kid": key.kid or "one"}, said, key, algorithms=[alg])


@pytest.fixture
def stand(monkeypatch) -> Stand:
    found = Stand()
    monkeypatch.setattr(outside, "ask", found)
    monkeypatch.setattr(oidc, "_all", {})
    return found


PROVIDER = oidc.Provider(ISSUER, CLIENT, "secret:with/signs")


def test_a_right_identity(stand):
    assert oidc.verified(PROVIDER, signed(claims()), "n")["sub"] == "7"
    assert oidc.verified(PROVIDER, signed(claims(aud=[CLIENT])), "n")
    assert oidc.verified(PROVIDER, signed(claims(aud=[CLIENT, "x"], azp=CLIENT)), "n")


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://id.example"}, {"iss": f"{ISSUER}/"}, {"aud": "another"}, {"aud": []},
        {"aud": [CLIENT, "x"]}, {"azp": "another"}, {"nonce": "m"}, {"nonce": None},
        {"exp": 1}, {"exp": None}, {"iat": None}, {"iat": int(time.time()) + 3600},
        {"sub": ""}, {"sub": None}, {"sub": 7}, {"sub": "7" * 256},
    ],
)  # fmt: skip
def test_a_wrong_claim_is_not_believed(stand, wrong):
    with pytest.raises(oidc.NotBelieved):
        oidc.verified(PROVIDER, signed(claims(**wrong)), "n")


def test_only_the_providers_own_keys_sign(stand):
    body = signed(claims()).split(".")
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=").decode()
    said = f"{head}.{body[1]}".encode()  # the public key taken for a shared secret
    mac = hmac.digest(KEY.as_pem(private=False), said, "sha256")
    hashed = f"{said.decode()}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    none = "eyJhbGciOiJub25lIn0." + body[1] + "."
    cut = ".".join(body[:2]) + "."
    for forged in (
        signed(claims(), OTHER, "ES256"),
        hashed, none, cut, "", "a.b.c", None, 7,
    ):  # fmt: skip
        with pytest.raises(oidc.NotBelieved):
            oidc.verified(PROVIDER, forged, "n")


def test_a_key_that_was_changed_is_asked_for_once(stand):
    assert oidc.verified(PROVIDER, signed(claims()), "n")
    stand.keys = [OTHER]
    assert oidc.verified(PROVIDER, signed(claims(), OTHER, "ES256"), "n")
    assert [url for _m, url, *_r in stand.asked].count(f"{ISSUER}/keys") == 2


def test_the_code_goes_with_its_verifier_and_the_clients_secret(stand):
    journey = oidc.Journey("s", "n", "v" * 43)
    asked = parse_qs(urlsplit(oidc.going_to(PROVIDER, journey, "https://p/back")).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["code_challenge"] != ["v" * 43]
    stand.answer = signed(claims(email=None))
    told = oidc.come_back(PROVIDER, journey, "c0de", "https://p/back")
    assert told.email == "marta.zielinska@olszyna.example"  # asked for, of the same subject
    ((headers, sent),) = [(h, b) for _m, url, h, b in stand.asked if url.endswith("/token")]
    assert sent["code_verifier"] == ["v" * 43]
    assert headers["Authorization"].startswith("Basic ")
    assert "secret" not in str(sent)


def test_another_page_than_the_issuers_is_no_provider(stand):
    other = oidc.Provider("https://id.olszyna.example.evil", CLIENT)
    with pytest.raises(oidc.ProviderAway):
        oidc.going_to(other, journeys.begin(), "https://p/back")


# --- the doors ------------------------------------------------------------------------------------


@pytest.fixture
def sso(settings, stand):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_NAME = ISSUER, CLIENT, "Olszyna ID"
    settings.OIDC_CLIENT_SECRET = "secret"
    return stand


@pytest.mark.django_db
def test_without_a_provider_there_is_no_such_door(client, firm):
    assert client.get(reverse("sso:go")).status_code == 404
    assert client.get(reverse("sso:back")).status_code == 404
    assert b"/sso/" not in client.get(reverse("entry:sign_in")).content


@pytest.mark.django_db
def test_the_way_there_and_back(client, sso, marta, settings):
    to = client.get(reverse("sso:go"), {"next": "/profile/"})
    asked = {name: value[0] for name, value in parse_qs(urlsplit(to["Location"]).query).items()}
    sso.answer = signed(claims(nonce=asked["nonce"]))
    back = client.get(reverse("sso:back"), {"code": "c", "state": asked["state"]})
    assert (back.status_code, back["Location"]) == (303, "/profile/")
    assert client.session["_auth_user_id"] == str(marta.pk)
    again = client.get(reverse("sso:back"), {"code": "c", "state": asked["state"]})
    assert again.status_code == 400  # the journey is over


@pytest.mark.django_db
def test_a_way_back_nobody_went_opens_nothing(client, sso, marta):
    to = client.get(reverse("sso:go"), {"next": "https://evil.example/"})
    state = parse_qs(urlsplit(to["Location"]).query)["state"][0]
    for said in (
        {"code": "c", "state": "another"}, {"code": "c"}, {"state": state, "error": "denied"},
        {"code": "c", "state": state, "iss": "https://id.example"},
    ):  # fmt: skip
        client.cookies["sso"] = to.cookies["sso"].value
        answer = client.get(reverse("sso:back"), said)
        assert answer.status_code in (400, 403)
        assert "_auth_user_id" not in client.session
    client.cookies["sso"] = to.cookies["sso"].value[:-1] + "x"
    assert client.get(reverse("sso:back"), {"code": "c", "state": state}).status_code == 400
    sso.away = True
    client.cookies["sso"] = to.cookies["sso"].value
    assert client.get(reverse("sso:back"), {"code": "c", "state": state}).status_code == 503


@pytest.mark.django_db
def test_an_address_handed_on_does_not_hand_on_the_person(firm, marta, ada, at):
    def told(subject: str, **more: object) -> oidc.Told:
        return oidc.Told(ISSUER, subject, email=marta.email, email_verified=True, **more)

    assert single_sign_on.recognise(at=at, told=told("7")) == marta
    with pytest.raises(Refused, match="sso_other_account"):
        single_sign_on.recognise(at=at, told=told("8"))
    single_sign_on.unbind(by=ada, at=at, person=marta)
    assert single_sign_on.recognise(at=at, told=told("8")) == marta
    marta.is_active = False
    marta.save()
    with pytest.raises(Refused, match="sso_nobody"):
        single_sign_on.recognise(at=at, told=told("8"))
    assert Identity.objects.count() == 1


@pytest.mark.django_db
def test_only_whoever_looks_after_all_of_somebody_parts_their_account(firm, marta, ada, at):
    single_sign_on.recognise(
        at=at, told=oidc.Told(ISSUER, "7", email=marta.email, email_verified=True)
    )
    other = Branch.objects.create(name="Oddział Krowodrza", created_at=at)
    Membership.objects.create(person=marta, branch=other, role="payroll", since=at)
    with pytest.raises(NotAllowed):
        single_sign_on.unbind(by=ada, at=at, person=marta)
    Membership.objects.filter(person=marta).update(until=at + timedelta(seconds=1))
    with pytest.raises(Refused, match="person_left"):
        single_sign_on.unbind(by=ada, at=at, person=marta)
    assert Identity.objects.exists()


@pytest.mark.parametrize(
    ("amr", "strong"),
    [
        (["pwd"], False), (["otp"], False), (["sms"], False), (["pwd", "user"], False),
        (["pwd", "otp"], True), (["pwd", "mfa"], True), (["mfa"], True), ([], False),
    ],
)  # fmt: skip
def test_one_proof_of_whatever_kind_is_not_two(amr, strong):
    assert oidc.told(claims(amr=amr)).strong is strong


@pytest.mark.django_db
@pytest.mark.parametrize(("verified", "trusts", "in_"), [
    (True, False, True), (None, True, True), (None, False, False),
    (False, False, False), (False, True, False),
])  # fmt: skip
def test_an_address_counts_when_it_is_proven(firm, marta, at, verified, trusts, in_):
    told = oidc.Told(ISSUER, "7", email=marta.email, email_verified=verified)
    if in_:
        assert single_sign_on.recognise(at=at, told=told, trusts_email=trusts) == marta
    else:
        with pytest.raises(Refused, match="sso_email_unproven"):
            single_sign_on.recognise(at=at, told=told, trusts_email=trusts)
