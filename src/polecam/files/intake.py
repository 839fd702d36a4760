"""Bytes on their way in: sealed as they arrive, so that no plain copy touches the disk."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from polecam.files import vault
from polecam.kit.errors import Refused
from polecam.store.fields import new_public_id


def seal(chunks: Iterable[bytes]) -> str:
    """Seal what comes under a new random name; the name.

    Raises vault.TooLarge, Refused("disk_full"); nothing is left of the file then.
    """
    name = new_public_id()
    with no_room_refused(), vault.SealedWriter(name) as writer:
        for chunk in chunks:
            writer.write(chunk)
    return name


@contextmanager
def no_room_refused() -> Iterator[None]:
    """A full disk is a refusal that people can read; any other fault stays what it is."""
    try:
        yield
    except OSError as error:
        if error.errno not in vault.NO_ROOM:
            raise
        raise Refused("disk_full", field="file") from error


def seal_file(path: Path) -> str:
    """Seal a file of this machine. Raises OSError, vault.TooLarge."""
    with path.open("rb") as file:
        return seal(iter(lambda: file.read(vault.BLOCK), b""))
