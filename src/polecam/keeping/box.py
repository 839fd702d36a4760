"""A sealed file: compressed, encrypted and bound in blocks of one megabyte; nothing of it is plain.

    polecam copy 1\n
    {"id": ..., "made_at": ..., "version": ..., "salt": ..., "key": ...}\n      readable by anybody
    (last? 1 byte, length 4 bytes, AES-256-GCM of zlib of the block) ...

The key of a file is HKDF-SHA-256 of the secret with the file's own salt, so that a block's number
can be its nonce (the STREAM construction: number, then whether it is the last). The header is bound
to every block. `key` tells a wrong secret from a damaged file.
"""

import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from polecam.kit.errors import Refused

MAGIC = b"polecam copy "
FORMAT = b"1"
BLOCK = 1 << 20
MOST = BLOCK + 4096
"""A sealed block is never longer: zlib and the tag add little."""
HEADER = 4096
LEVEL = 1
"""Of zlib; measured in docs/adr/0038."""


class Writer:
    """Takes bytes, writes only sealed blocks to `file`. `close` writes the last one."""

    def __init__(self, file: BinaryIO, secret: str, about: dict[str, Any]) -> None:
        salt = os.urandom(16)
        self._cipher, mark = _key(secret, salt)
        said = json.dumps({**about, "salt": salt.hex(), "key": mark}, ensure_ascii=True)
        head = MAGIC + FORMAT + b"\n" + said.encode() + b"\n"
        self._bound = hashlib.sha256(head).digest()
        self._file, self._number, self._waiting = file, 0, bytearray()
        self._file.write(head)

    def write(self, content: bytes) -> None:
        """Add bytes. Raises OSError."""
        self._waiting += content
        while len(self._waiting) > BLOCK:
            self._seal(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]

    def close(self) -> None:
        """Seal what is left as the last block; the file stays open."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, block: bytes, *, last: bool) -> None:
        packed = zlib.compress(block, LEVEL)
        sealed = self._cipher.encrypt(_nonce(self._number, last), packed, self._bound)
        self._file.write(bytes([last]) + len(sealed).to_bytes(4) + sealed)
        self._number += 1


class Reader:
    """Gives the bytes of a sealed file back. `about`: its header.

    Raises Refused: copy_unknown, copy_format_newer, copy_wrong_key; while reading copy_cut where
    the file ends early, copy_damaged where a byte of it is another.
    """

    def __init__(self, file: BinaryIO, secret: str) -> None:
        self.about, head = header(file)
        try:
            salt = bytes.fromhex(self.about["salt"])
            self._cipher, mark = _key(secret, salt)
            known = hmac.compare_digest(mark, self.about["key"])
        except (KeyError, TypeError, ValueError) as error:
            raise Refused("copy_damaged") from error
        if not known:
            raise Refused("copy_wrong_key")
        self._bound = hashlib.sha256(head).digest()
        self._blocks = self._open(file)
        self._left = bytearray()

    def read(self, count: int) -> bytes:
        """The next `count` bytes; fewer only at the end."""
        while len(self._left) < count:
            block = next(self._blocks, None)
            if block is None:
                break
            self._left += block
        taken = bytes(self._left[:count])
        del self._left[:count]
        return taken

    def _open(self, file: BinaryIO) -> Iterator[bytes]:
        number, last = 0, False
        while not last:
            head = file.read(5)
            if len(head) < 5:
                raise Refused("copy_cut")
            last, size = bool(head[0]), int.from_bytes(head[1:])
            if head[0] > 1 or size > MOST:
                raise Refused("copy_damaged")
            sealed = file.read(size)
            if len(sealed) < size:
                raise Refused("copy_cut")
            try:
                yield zlib.decompress(
                    self._cipher.decrypt(_nonce(number, last), sealed, self._bound)
                )
            except (InvalidTag, zlib.error) as error:
                raise Refused("copy_damaged") from error
            number += 1
        if file.read(1):
            raise Refused("copy_damaged")


def header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """What anybody may read of a copy, and its bytes. Raises Refused."""
    first = file.readline(HEADER)
    if not (first.startswith(MAGIC) and first.endswith(b"\n")):
        raise Refused("copy_unknown")
    if first[len(MAGIC) : -1] != FORMAT:
        raise Refused("copy_format_newer")
    second = file.readline(HEADER)
    try:
        about = json.loads(second)
    except ValueError as error:
        raise Refused("copy_damaged") from error
    if not isinstance(about, dict):
        raise Refused("copy_damaged")
    return about, first + second


def _key(secret: str, salt: bytes) -> tuple[AESGCM, str]:
    derived = HKDF(SHA256(), 48, salt=salt, info=b"polecam copy").derive(secret.encode())
    return AESGCM(derived[:32]), derived[32:].hex()


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
