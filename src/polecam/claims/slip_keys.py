"""Keys of receipts: Ed25519, named by their own fingerprint. Pure: no Django, no database."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from polecam.claims.slip import Slip

PREFIX = "ed25519:"
KEY_BYTES = 32


def key_id(public: bytes) -> str:
    """16 hex digits: nobody can give another key the same name."""
    return hashlib.sha256(b"polecam key\0" + public).hexdigest()[:16]


def spoken(public: bytes) -> str:
    """A public key to print, mail and keep: `ed25519:` and 43 characters."""
    return PREFIX + base64.urlsafe_b64encode(public).decode().rstrip("=")


def heard(text: str) -> bytes:
    """The public key of such a text. Raises ValueError."""
    word = "".join(text.split()).removeprefix(PREFIX)
    try:
        raw = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ValueError(f"A public key is written {PREFIX} and 43 characters.")
    return raw


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that signs now, and every public key that is known by its id."""

    private: Ed25519PrivateKey
    current: str
    known: Mapping[str, bytes]


def keys(secrets: Iterable[str]) -> Keys:
    """Keys of a setting: secrets, the newest last; a retired one may be left as its public key.

    Raises ValueError when none of them can sign.
    """
    known: dict[str, bytes] = {}
    private: Ed25519PrivateKey | None = None
    current = ""
    for secret in secrets:
        if secret.startswith(PREFIX):
            public = heard(secret)
        else:
            private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret.encode()).digest())
            public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            current = key_id(public)
        known[key_id(public)] = public
    if private is None:
        raise ValueError("POLECAM_SIGNING_KEYS needs a secret to sign with, the newest last.")
    return Keys(private, current, known)


def is_signed(slip: Slip, public: bytes) -> bool:
    """Whether the signature is of this key, over exactly this receipt."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(slip.signature, slip.signed)
    except (InvalidSignature, ValueError):
        return False
    return True
