"""Bytes on their way in: sealed as they arrive, so that no plain copy touches the disk."""

from collections.abc import Iterable
from pathlib import Path

from polecam.files import vault
from polecam.store.fields import new_public_id


def seal(chunks: Iterable[bytes]) -> str:
    """Seal what comes under a new random name; the name. Raises vault.TooLarge."""
    name = new_public_id()
    with vault.SealedWriter(name) as writer:
        for chunk in chunks:
            writer.write(chunk)
    return name


def seal_file(path: Path) -> str:
    """Seal a file of this machine. Raises OSError, vault.TooLarge."""
    with path.open("rb") as file:
        return seal(iter(lambda: file.read(vault.BLOCK), b""))
