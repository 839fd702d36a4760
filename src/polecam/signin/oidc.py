"""OpenID Connect, the client's half: where to go, and what the answer is worth. No database.

Authorization code with PKCE (RFC 7636), state and nonce; the signed identity is verified against
the provider's published keys (OpenID Connect Core 1.0, 3.1.3.7). Everything the provider says comes
through the guarded client of `kit.outside`.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from polecam.kit import outside

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures by a key that only the provider has; `none` and shared secrets are not among them."""
SCOPE = "openid email profile"
LEEWAY = 60
"""Seconds by which two clocks may differ."""
KEPT_SECONDS = 3600
PROOFS = frozenset("pwd pin kba otp sms tel hwk swk sc pop fpt face iris retina vbm".split())
"""Words of `amr` (RFC 8176) for one proof each; `mfa` says outright that there were several."""


class ProviderAway(Exception):
    """The provider did not answer, or not as one; nothing can be said of anybody."""


class NotBelieved(Exception):
    """What came back does not prove anything; the code says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The firm's provider, as the operator wrote it into the environment."""

    issuer: str
    client_id: str
    secret: str = ""
    private: bool = False
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """What one sign-in remembers between going and coming back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Told:
    """Whom the provider says it is."""

    issuer: str
    subject: str
    email: str = ""
    email_verified: bool | None = None
    first_name: str = ""
    last_name: str = ""
    proofs: frozenset[str] = field(default_factory=frozenset)

    @property
    def strong(self) -> bool:
        """Whether the provider says that more than one proof was given."""
        return "mfa" in self.proofs or len(self.proofs & PROOFS) > 1


def going_to(provider: Provider, journey: Journey, back: str) -> str:
    """The address of the provider's sign-in page. Raises ProviderAway."""
    known = _known(provider)
    challenge = _b64(hashlib.sha256(journey.verifier.encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = str(known.page["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def come_back(provider: Provider, journey: Journey, code: str, back: str) -> Told:
    """Exchange the code and verify who it is. Raises ProviderAway, NotBelieved."""
    known = _known(provider)
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": journey.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    methods = known.page.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if provider.secret and "client_secret_basic" in methods:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        sent["client_id"] = provider.client_id
        if provider.secret:
            sent["client_secret"] = provider.secret
    body = urlencode(sent).encode()
    answer = _ask(provider, "POST", str(known.page["token_endpoint"]), headers, body)
    if answer.status in (400, 401, 403):
        raise NotBelieved("code")
    said = _json(answer)
    claims = verified(provider, said.get("id_token"), journey.nonce)
    if "email" not in claims and known.page.get("userinfo_endpoint") and said.get("access_token"):
        claims = {**_more(provider, known.page, str(said["access_token"]), claims["sub"]), **claims}
    return told(claims)


def verified(provider: Provider, id_token: object, nonce: str) -> dict[str, Any]:
    """Claims of a signed identity that is for us, now, of this sign-in. Raises NotBelieved."""
    if not isinstance(id_token, str):
        raise NotBelieved("token")
    try:
        claims = _signed(provider, id_token)
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotBelieved(type(error).__name__) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise NotBelieved("azp")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise NotBelieved("sub")
    return claims


def told(claims: Mapping[str, Any]) -> Told:
    """The claims in our words; what has another type than it should is left out."""

    def text(name: str, most: int) -> str:
        value = claims.get(name)
        return " ".join(value.split())[:most] if isinstance(value, str) else ""

    amr = claims.get("amr")
    verified_mail = claims.get("email_verified")
    if isinstance(verified_mail, str):  # some providers send words
        verified_mail = verified_mail.lower() == "true"
    return Told(
        issuer=text("iss", 200),
        subject=str(claims["sub"]),
        email=text("email", 254),
        email_verified=verified_mail if isinstance(verified_mail, bool) else None,
        first_name=text("given_name", 60),
        last_name=text("family_name", 80),
        proofs=frozenset(str(one) for one in amr) if isinstance(amr, list) else frozenset(),
    )


# --- what a provider says of itself ---------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    page: dict[str, Any]
    keys: KeySet
    at: float


_all: dict[Provider, _Known] = {}
_lock = threading.Lock()


def _known(provider: Provider, *, anew: bool = False) -> _Known:
    """The provider's own page and keys, asked for once an hour, or anew for an unknown key."""
    with _lock:
        found = _all.get(provider)
        if found is None or anew or time.monotonic() - found.at > KEPT_SECONDS:
            page = _page(provider)
            found = _all[provider] = _Known(page, _keys(provider, page), time.monotonic())
        return found


def _page(provider: Provider) -> dict[str, Any]:
    address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    page = _json(_ask(provider, "GET", address, {"Accept": "application/json"}))
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if page.get("issuer") != provider.issuer or not all(page.get(name) for name in wanted):
        raise ProviderAway("its page names another issuer, or no addresses")
    return page


def _keys(provider: Provider, page: Mapping[str, Any]) -> KeySet:
    said = _json(_ask(provider, "GET", str(page["jwks_uri"]), {"Accept": "application/json"}))
    try:
        rows = [row for row in said["keys"] if row.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": [row for row in rows if row["kty"] != "oct"]})
    except (JoseError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ProviderAway("its keys cannot be read") from error


def _signed(provider: Provider, id_token: str) -> dict[str, Any]:
    """Claims of a token whose signature is right; keys are asked for anew where none fits."""
    for anew in (False, True):
        try:
            keys = _known(provider, anew=anew).keys
            return jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError, TypeError, KeyError):
            if anew:
                raise
    raise NotBelieved("signature")


def _more(
    provider: Provider, page: Mapping[str, Any], access_token: str, subject: str
) -> dict[str, Any]:
    """What the provider tells besides; only of the very same subject."""
    headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
    said = _json(_ask(provider, "GET", str(page["userinfo_endpoint"]), headers))
    if said.get("sub") != subject:
        raise NotBelieved("sub")
    return said


def _ask(
    provider: Provider, method: str, address: str, headers: Mapping[str, str], body: bytes = b""
) -> outside.Answer:
    try:
        return outside.ask(
            method,
            address,
            headers=headers,
            body=body,
            loopback=provider.loopback,
            private=provider.private,
        )
    except (outside.Unreached, outside.Broken, ValueError) as error:
        raise ProviderAway(str(error)) from error


def _json(answer: outside.Answer) -> dict[str, Any]:
    try:
        said = json.loads(answer.body)
    except ValueError as error:
        raise ProviderAway("no JSON") from error
    if answer.status != 200 or not isinstance(said, dict):
        raise ProviderAway(f"status {answer.status}")
    return said


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
