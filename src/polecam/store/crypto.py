"""Sealing of contact data and the keyed hashes that stand for them in indexes and links."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """A sealed value does not open: another row's, a damaged one, or its key is gone."""


@lru_cache
def _ciphers() -> tuple[str, dict[str, AESGCM]]:
    pairs = [key.partition(":") for key in settings.CONTACT_KEYS]
    ciphers = {
        key_id: AESGCM(hashlib.sha256(secret.encode()).digest()) for key_id, _, secret in pairs
    }
    return pairs[-1][0], ciphers


def seal(text: str, place: str) -> str:
    """`text` encrypted with the newest key; `place` is `model.field:public_id`, bound as AAD."""
    key_id, ciphers = _ciphers()
    nonce = os.urandom(12)
    body = ciphers[key_id].encrypt(nonce, text.encode(), place.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(nonce + body).decode()}"


def unseal(sealed: str, place: str) -> str:
    """The text sealed at `place`. Raises Unreadable."""
    key_id, _, body = sealed.partition(":")
    try:
        raw = base64.urlsafe_b64decode(body)
        return _ciphers()[1][key_id].decrypt(raw[:12], raw[12:], place.encode()).decode()
    except Exception as error:
        raise Unreadable(place) from error


def seal_bytes(content: bytes, place: str) -> bytes:
    """A block of a file encrypted with the newest key; `place` names file and block."""
    key_id, ciphers = _ciphers()
    nonce = os.urandom(12)
    return key_id.encode() + b":" + nonce + ciphers[key_id].encrypt(nonce, content, place.encode())


def unseal_bytes(sealed: bytes, place: str) -> bytes:
    """The block sealed at `place`. Raises Unreadable."""
    key_id, _, raw = sealed.partition(b":")
    try:
        return _ciphers()[1][key_id.decode()].decrypt(raw[:12], raw[12:], place.encode())
    except Exception as error:
        raise Unreadable(place) from error


def seal_for(owner: str, text: str, place: str) -> str:
    """`text` encrypted with a key that only one owner's rows have; `place` as in `seal`.

    The key is HKDF-SHA-256 (RFC 5869) of the newest contact key with the purpose and the owner's
    public id as context: a row of one owner does not open as another's, whatever it is called.
    """
    key_id = _keys()[-1].partition(":")[0]
    nonce = os.urandom(12)
    body = _own_cipher(key_id, owner).encrypt(nonce, text.encode(), place.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(nonce + body).decode()}"


def unseal_for(owner: str, sealed: str, place: str) -> str:
    """The text that was sealed for this owner at `place`. Raises Unreadable."""
    key_id, _, body = sealed.partition(":")
    try:
        raw = base64.urlsafe_b64decode(body)
        return _own_cipher(key_id, owner).decrypt(raw[:12], raw[12:], place.encode()).decode()
    except Exception as error:
        raise Unreadable(place) from error


def _own_cipher(key_id: str, owner: str) -> AESGCM:
    secrets = {known: secret for known, _, secret in (k.partition(":") for k in _keys())}
    derived = HKDF(SHA256(), 32, salt=None, info=f"polecam owner\x1f{owner}".encode())
    return AESGCM(derived.derive(secrets[key_id].encode()))


def _keys() -> list[str]:
    keys: list[str] = settings.CONTACT_KEYS
    return keys


def keyed(purpose: str, *parts: object) -> str:
    """A hex HMAC-SHA-256 over `parts`: blind indexes, commitments; never reversible without key."""
    message = "\x1f".join([purpose, *map(str, parts)]).encode()
    return hmac.new(settings.INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


def phone_index(number: str) -> str:
    """Blind index of an E.164 number; empty for none."""
    return keyed("phone", number)[:40] if number else ""


def email_index(address: str) -> str:
    """Blind index of an address, whatever its case; empty for none."""
    return keyed("email", address.casefold())[:40] if address else ""


def token(purpose: str, ident: object, version: int = 1) -> str:
    """128 bits for a public link: HMAC(key, id, version), urlsafe, 22 characters."""
    raw = bytes.fromhex(keyed("link:" + purpose, ident, version))[:16]
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def same(a: str, b: str) -> bool:
    """Compare two tokens in constant time."""
    return hmac.compare_digest(a.encode(), b.encode())
