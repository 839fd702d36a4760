"""Fetching the file of a feed: from the operator's folder or over HTTPS, sealed as it comes."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from polecam.files import intake, vault
from polecam.imports import feed_rules as rules
from polecam.imports.models import Feed, FeedSource
from polecam.kit import outside
from polecam.kit.errors import Refused
from polecam.store.fields import new_public_id

SECONDS = 300.0
NOT_MODIFIED = 304
LONGEST_TAG = 200


class NoFile(Exception):
    """There is nothing to import now; `code` names why (web.pages.feeds.words)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """A sealed file: its name in the vault, its own name, its digest, what to ask next time."""

    raw: str
    filename: str
    digest: str
    tags: dict[str, str]


def fetch(feed: Feed, *, at: datetime) -> Fetched | None:
    """The file as it is now; None when the other side says that it is the one of last time.

    Raises NoFile; nothing is left in the vault then.
    """
    try:
        if feed.source == FeedSource.FOLDER:
            return _from_folder(str(feed.place), at)
        return _from_the_net(feed)
    except vault.TooLarge:
        raise NoFile("file_too_large") from None
    except Refused as refused:
        raise NoFile(refused.code) from None


def folder() -> Path | None:
    """The folder that the operator allowed (POLECAM_FEEDS_FOLDER), without links; None: none."""
    if not settings.FEEDS_FOLDER:
        return None
    try:
        found = Path(settings.FEEDS_FOLDER).resolve(strict=True)
    except OSError:
        return None
    return found if found.is_dir() else None


def _from_folder(place: str, at: datetime) -> Fetched:
    base, said = folder(), rules.place_in_folder(place)
    if base is None or said is None:
        raise NoFile("no_folder")
    below, pattern = said
    where = (base / below).resolve()
    if not where.is_relative_to(base) or not where.is_dir():
        raise NoFile("no_folder")
    names, files = set[str](), list[rules.Found]()
    try:
        for entry in os.scandir(where):
            names.add(entry.name)
            if entry.is_file(follow_symlinks=False):
                one = entry.stat(follow_symlinks=False)
                touched = max(one.st_mtime, one.st_ctime)
                files.append(rules.Found(entry.name, one.st_size, one.st_mtime, touched))
    except OSError:
        raise NoFile("no_folder") from None
    chosen = rules.newest(files, pattern)
    if chosen is None:
        raise NoFile("no_file")
    if not rules.complete(chosen, names, at):
        raise NoFile("still_written")
    if chosen.size > vault.LIMIT:
        raise NoFile("file_too_large")
    return _read(where / chosen.name, chosen)


def _read(path: Path, chosen: rules.Found) -> Fetched:
    """Seal it; a file that turned into a link, or changed meanwhile, is not taken."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise NoFile("unreadable") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NoFile("unreadable")
        hashed = hashlib.sha256()
        raw = intake.seal(_pieces(file, hashed))
        after = os.fstat(handle)
    if (after.st_size, after.st_mtime) != (chosen.size, chosen.modified):
        vault.remove(raw)
        raise NoFile("still_written")
    return Fetched(raw, path.name, hashed.hexdigest(), {})


def _pieces(file: object, hashed: "hashlib._Hash") -> Iterator[bytes]:
    while piece := file.read(vault.BLOCK):  # type: ignore[attr-defined]
        hashed.update(piece)
        yield piece


def _from_the_net(feed: Feed) -> Fetched | None:
    url = rules.place_on_the_net(str(feed.place)) or (
        str(feed.place) if settings.OUTSIDE_LOOPBACK else ""
    )
    if not url:
        raise NoFile("no_address")
    headers = {"User-Agent": "Polecam", "Accept": "*/*", "Accept-Encoding": "identity"}
    if feed.login:
        headers["Authorization"] = str(feed.login)
    tags = feed.options.get("tags", {})
    headers |= {asked: tags[kept] for kept, asked in ASKED.items() if tags.get(kept)}
    name = new_public_id()
    try:
        with intake.no_room_refused(), vault.SealedWriter(name) as writer:
            head = outside.fetch(
                url,
                headers=headers,
                take=writer.write,
                most_bytes=vault.LIMIT,
                seconds=SECONDS,
                loopback=settings.OUTSIDE_LOOPBACK,
            )
            if head.status != outside.OK:
                raise _Other(head.status)
    except _Other as other:
        if other.status == NOT_MODIFIED:
            return None
        raise NoFile(other.code) from None
    except outside.TooLong:
        raise NoFile("file_too_large") from None
    except (outside.Unreached, outside.Broken) as error:
        raise NoFile(REASONS.get(str(error), "unreached")) from None
    said = {tag: head.headers.get(tag, "")[:LONGEST_TAG] for tag in ASKED}
    kept = {tag: value for tag, value in said.items() if rules.PRINTABLE.fullmatch(value)}
    filename = Path(url.partition("?")[0]).name[-80:] or "plik"
    return Fetched(name, filename, writer.digest, kept)


ASKED = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
REASONS = {
    "Inward": "private_address",
    "gaierror": "no_host",
    "SSLCertVerificationError": "certificate",
    "SSLError": "certificate",
    "TimeoutError": "too_slow",
    "IncompleteRead": "broke_off",
}


class _Other(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
        self.code = {401: "login", 403: "login", 404: "no_file", 410: "no_file"}.get(
            status, "redirect" if 300 <= status < 400 else "status"
        )
