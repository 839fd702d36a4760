"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is true.

The house's address of record decides, never a header of the request: an answer made for another
site does not pass here, which is why a passkey cannot be phished.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from polecam.people.models import Person
from polecam.signin.models import Factor

WRONG = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What a broken or forged answer raises, here and in the library."""
LONGEST = 16_000
"""Characters of an answer that are looked at."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser gets (JSON), and the challenge its answer must hold (base64url)."""

    options: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey: its id and public key (base64url), and how often it was used."""

    credential: str
    public_key: str
    sign_count: int


class NotTrue(Exception):
    """The answer does not prove anything."""


def site() -> str:
    """The name that passkeys of this house belong to."""
    return urlsplit(settings.BASE_URL).hostname or ""


def to_make(person: Person, known: Iterable[Factor]) -> Question:
    """Ask for a new passkey of this person, none that the house knows already."""
    options = webauthn.generate_registration_options(
        rp_id=site(),
        rp_name="Polecam",
        user_id=person.public_id.encode(),
        user_name=person.email,
        user_display_name=person.full_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(factor.credential))
            for factor in known
        ],
    )
    return Question(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def to_prove() -> Question:
    """Ask for any passkey of this house: the same question to everybody, known or not."""
    options = webauthn.generate_authentication_options(
        rp_id=site(), user_verification=UserVerificationRequirement.REQUIRED
    )
    return Question(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def made(answer: str, challenge: str) -> Made:
    """The passkey that the browser made. Raises NotTrue."""
    try:
        found = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site(),
            expected_origin=settings.BASE_URL,
            require_user_verification=True,
        )
    except WRONG as error:
        raise NotTrue from error
    return Made(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
    )


def named(answer: str) -> str:
    """Which passkey an answer says it is of; empty where it does not say. Nothing is proved yet."""
    try:
        return str(_read(answer)["id"])
    except WRONG:
        return ""


def proved(answer: str, challenge: str, factor: Factor) -> int:
    """How often the passkey says it was used. Raises NotTrue where it is not this one's answer.

    Whether the number can be right, `counts_on` says.
    """
    try:
        read = _read(answer)
        handle = read["response"].get("userHandle")
        if handle and base64url_to_bytes(handle) != factor.person.public_id.encode():
            raise NotTrue
        found = webauthn.verify_authentication_response(
            credential=read,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site(),
            expected_origin=settings.BASE_URL,
            credential_public_key=base64url_to_bytes(factor.public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except WRONG as error:
        raise NotTrue from error
    return found.new_sign_count


def counts_on(before: int, now: int) -> bool:
    """Whether a passkey that was used `before` times may say `now`; many never count at all.

    If not, somebody else has a copy of it (WebAuthn, 6.1.1).
    """
    return now > before or (now == 0 and before == 0)


def _read(answer: str) -> dict:
    read = json.loads(answer) if len(answer) <= LONGEST else None
    if not isinstance(read, dict):
        raise ValueError("no answer")
    return read
