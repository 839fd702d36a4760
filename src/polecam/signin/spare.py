"""Spare codes for the day the telephone is lost: ten, shown once, each good once.

A code has 49 bits, so it is kept as a slow, salted hash (scrypt), and that under the house's key:
a copy of the database alone is no help in guessing. One salt for the ten of a set: to look one up
costs one hash, not ten.
"""

import hashlib
import secrets

from polecam.people.models import Person
from polecam.signin.rules import CODES
from polecam.store.crypto import keyed
from polecam.store.fields import ALPHABET

HALF = 5
SALT = 8
COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


def new_codes() -> list[str]:
    """Ten fresh codes, such as `k4wzm-9tq2h`."""
    halves = [
        "".join(secrets.choice(ALPHABET) for _letter in range(HALF)) for _half in range(2 * CODES)
    ]
    return [f"{one}-{other}" for one, other in zip(halves[::2], halves[1::2], strict=True)]


def new_salt() -> str:
    """The salt of one set."""
    return secrets.token_hex(SALT // 2)


def hashed(person: Person, code: str, salt: str) -> str:
    """What is kept of a code: its salt and its hash. Case, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
    slow = hashlib.scrypt(plain.encode(), salt=f"{salt}{person.public_id}".encode(), **COST)
    return salt + keyed("spare", slow.hex())[: 64 - SALT]


def salt_of(code_hash: str) -> str:
    """The salt in what is kept."""
    return code_hash[:SALT]
