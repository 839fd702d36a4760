"""A receipt as bytes, as text, and back. Pure: no Django, no clock, no database.

A text has up to three sections, each a title line and base32 below it. Case, line breaks, quote
marks and whatever stands around it do not matter: a section says itself how long it is.

- RECEIPT: version, kind, number, instant, previous seal, commitment, key id, signature.
- PROOF: the journal event that carries the receipt's digest, and its path to a day's root.
- OPENING: salt and ids that the commitment was made of. Random ids, no names.
"""

import base64
import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MARK = b"polecam receipt v1\0"
"""What a signature of ours begins with, so that it can never be read as one of anything else."""
KINDS = ("capture", "claim")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BODY = struct.Struct(">BBQq32s32s8s")
SIGNATURE_BYTES = 64
SLIP_BYTES = BODY.size + SIGNATURE_BYTES
HEAD = struct.Struct(">IIIBH")
HASH_BYTES, SALT_BYTES, ID_BYTES = 32, 16, 15
OPENING_BYTES = SALT_BYTES + 3 * ID_BYTES
LONGEST_EVENT, LONGEST_PATH = 2_000, 40
NEWEST_DAY = date(9999, 12, 31).toordinal()
LINE = 44

TITLES = {
    "RECEIPT": "POLECAM-RECEIPT v1",
    "PROOF": "POLECAM-PROOF v1",
    "OPENING": "POLECAM-OPENING v1",
}
TITLE = re.compile(r"POLECAM(RECEIPT|PROOF|OPENING)V1|\?R=")
"""In a text from which all but letters, digits and "?=" was taken; `?r=` is the address in a QR."""
NOISE = re.compile(r"[^A-Z0-9?=]+")
NOT_BASE32 = re.compile(r"[^A-Z2-7]+")


class Unreadable(Exception):
    """There is no whole receipt in the text."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is signed, and the signature. `previous`, `commitment`, `key_id` in hex."""

    kind: str
    number: int
    at: datetime
    previous: str
    commitment: str
    key_id: str
    signature: bytes = b""

    @property
    def body(self) -> bytes:
        """Everything but the signature."""
        return BODY.pack(
            1,
            KINDS.index(self.kind),
            self.number,
            (self.at - EPOCH) // MICROSECOND,
            bytes.fromhex(self.previous or "00" * HASH_BYTES),
            bytes.fromhex(self.commitment),
            bytes.fromhex(self.key_id),
        )

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return MARK + self.body

    @property
    def digest(self) -> str:
        """Hex SHA-256 over all of it: what the journal binds."""
        return hashlib.sha256(MARK + self.body + self.signature).hexdigest()


@dataclass(frozen=True, slots=True)
class Proof:
    """That one event is a leaf of a day's tree: its canonical bytes, its place, its siblings."""

    day: date
    event: bytes
    index: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What the commitment was made of: 16 bytes of salt in hex, and public ids."""

    salt: str
    person: str
    referral: str
    subject: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a text holds."""

    slip: Slip
    proof: Proof | None = None
    opening: Opening | None = None


def commitment(kind: str, opening: Opening) -> str:
    """Hex SHA-256 that binds kind, seller, referral and subject without telling them."""
    ids = "\x1f".join((kind, opening.person, opening.referral, opening.subject))
    return hashlib.sha256(MARK + bytes.fromhex(opening.salt) + ids.encode()).hexdigest()


def halves(digest: str) -> list[str]:
    """A digest as the journal keeps it: its texts have at most 40 characters."""
    return [digest[:32], digest[32:]]


# --- to text --------------------------------------------------------------------------------------


def code(slip: Slip) -> str:
    """The receipt alone in one word of 247 letters and digits, for a QR code."""
    return _base32(slip.body + slip.signature)


def text(paper: Paper) -> str:
    """Sections with a title each, to copy and to keep."""
    parts = [_section("RECEIPT", paper.slip.body + paper.slip.signature)]
    if paper.proof:
        parts.append(_section("PROOF", _packed(paper.proof)))
    if paper.opening:
        opening = paper.opening
        ids = (opening.person + opening.referral + opening.subject).encode()
        parts.append(_section("OPENING", bytes.fromhex(opening.salt) + ids))
    return "\n".join(parts) + "\n"


def _packed(proof: Proof) -> bytes:
    head = HEAD.pack(
        proof.day.toordinal(), proof.index, proof.size, len(proof.path), len(proof.event)
    )
    return head + proof.event + b"".join(proof.path)


def _section(title: str, raw: bytes) -> str:
    word = _base32(raw)
    lines = [word[start : start + LINE] for start in range(0, len(word), LINE)]
    return "\n".join([TITLES[title], *lines])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


# --- from text ------------------------------------------------------------------------------------


def read(typed: str) -> Paper:
    """The first receipt in a text, with the proof and the opening that follow it.

    Raises Unreadable.
    """
    squeezed = NOISE.sub("", typed.upper())
    found = list(TITLE.finditer(squeezed))
    if not found:
        raise Unreadable
    ends = [match.start() for match in found[1:]] + [len(squeezed)]
    sections: dict[str, str] = {}
    for match, end in zip(found, ends, strict=True):
        name = match.group(1) or "RECEIPT"
        sections.setdefault(name, NOT_BASE32.sub("", squeezed[match.end() : end]))
    if "RECEIPT" not in sections:
        raise Unreadable
    slip = _slip(_bytes(sections["RECEIPT"], SLIP_BYTES))
    proof = _proof(sections["PROOF"]) if "PROOF" in sections else None
    opening = (
        _opening(_bytes(sections["OPENING"], OPENING_BYTES)) if "OPENING" in sections else None
    )
    return Paper(slip, proof, opening)


def _bytes(word: str, count: int) -> bytes:
    """The first `count` bytes of a base32 word; what follows is somebody's prose."""
    letters = -(-count * 8 // 5)
    if len(word) < letters:
        raise Unreadable
    cut = word[:letters]
    return base64.b32decode(cut + "=" * (-len(cut) % 8))[:count]


def _slip(raw: bytes) -> Slip:
    version, kind, number, instant, previous, commitment, key = BODY.unpack(raw[: BODY.size])
    if version != 1 or kind >= len(KINDS):
        raise Unreadable
    try:
        at = EPOCH + instant * MICROSECOND
    except OverflowError:
        raise Unreadable from None
    return Slip(
        kind=KINDS[kind],
        number=number,
        at=at,
        previous=previous.hex() if any(previous) else "",
        commitment=commitment.hex(),
        key_id=key.hex(),
        signature=raw[BODY.size :],
    )


def _proof(word: str) -> Proof:
    day, index, size, steps, length = HEAD.unpack(_bytes(word, HEAD.size))
    if length > LONGEST_EVENT or steps > LONGEST_PATH or not 0 < day <= NEWEST_DAY:
        raise Unreadable
    raw = _bytes(word, HEAD.size + length + steps * HASH_BYTES)
    event, rest = raw[HEAD.size :][:length], raw[HEAD.size + length :]
    path = tuple(rest[i : i + HASH_BYTES] for i in range(0, len(rest), HASH_BYTES))
    return Proof(date.fromordinal(day), event, index, size, path)


def _opening(raw: bytes) -> Opening:
    ids = raw[SALT_BYTES:].decode("ascii", "replace")
    person, referral, subject = (ids[i : i + ID_BYTES] for i in range(0, 3 * ID_BYTES, ID_BYTES))
    return Opening(raw[:SALT_BYTES].hex(), person, referral, subject)
