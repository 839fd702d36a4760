"""A whole house as one stream: what it is, its tables, its files, and what must have arrived.

    (what 1 byte, length 4 bytes, content) ...
    O  opening: version, migrations, kind of database, when
    T  a table: columns, kinds, next id        R  a thousand rows of it, JSON
    F  a file: name, size                      B  bytes of it
    C  closing: rows and digest of every table, files

The same stream is sealed into a file (a copy) and piped from one database to another (a move).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from polecam.keeping import numbers, schema
from polecam.keeping.tables import Filler, Source, Sum, Table, pieces, same, sum_of, table_of
from polecam.kit.errors import Refused
from polecam.store.side import SIDE_APPS, SIDE_MODELS

PIECE = 1 << 20
ROOT = "SELECT digest FROM journal_seal ORDER BY day DESC LIMIT 1"
FIRM = "SELECT public_id FROM organisation_organisation ORDER BY id LIMIT 1"


class Sink(Protocol):
    """Where the stream goes."""

    def write(self, content: bytes) -> Any:
        """Take bytes."""


class Spring(Protocol):
    """Where it comes from."""

    def read(self, count: int) -> bytes:
        """The next bytes; fewer only at the end."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a stream says of itself first."""

    version: str
    vendor: str
    at: str
    migrations: list[list[str]]
    sealed: str = ""
    """The digest of the last sealed day of the journal: what this copy can be held to."""

    @property
    def nodes(self) -> list[schema.Node]:
        """Its migrations."""
        return [(app, name) for app, name in self.migrations]

    @property
    def taken_at(self) -> datetime:
        """Of which moment it is."""
        return datetime.fromisoformat(self.at)


@dataclass(slots=True)
class Closing:
    """What must have arrived."""

    tables: dict[str, list[Any]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(count for count, _digest in self.tables.values())


def send(
    source: Source,
    connection: BaseDatabaseWrapper,
    sink: Sink,
    *,
    version: str,
    at: datetime,
    files: Iterable[Path] = (),
) -> Closing:
    """Write everything of `source` (a snapshot of `connection`) and these files.

    Raises Refused("database_newer") where the database is of a newer release than this code.
    """
    nodes = list(schema.applied(connection)) or schema.known()
    if schema.unknown(nodes):
        raise Refused("database_newer")
    opening = Opening(
        version,
        connection.vendor,
        at.astimezone(UTC).isoformat(),
        [list(node) for node in sorted(nodes)],
        source.value(ROOT) or "",
    )
    _put(sink, b"O", _json(asdict(opening)))
    closing = Closing()
    for model in schema.models_of(nodes, connection.alias):
        if not _is_kept(model):
            continue
        bare = table_of(model)
        table = Table(bare.name, bare.columns, bare.kinds, bare.key, source.next_id(bare))
        _put(sink, b"T", _json(asdict(table)))
        total = Sum()
        for piece, count in pieces(source, table):
            total.add(piece, count)
            _put(sink, b"R", piece)
        closing.tables[table.name] = total.said
    for path in files:
        _send_file(path, sink, closing)
    _put(sink, b"C", _json(asdict(closing)))
    return closing


def look(spring: Spring) -> tuple[Opening, Closing]:
    """Read it to its end and keep nothing. Raises Refused: copy_cut, copy_damaged, copy_newer."""
    opening = opened(spring)
    for what, content in frames(spring):
        if what == b"C":
            return opening, Closing(**json.loads(content))
    raise Refused("copy_cut")


def opened(spring: Spring) -> Opening:
    """Its first words. Raises Refused."""
    for what, content in frames(spring):
        if what != b"O":
            raise Refused("copy_damaged")
        opening = Opening(**json.loads(content))
        if schema.unknown(opening.nodes):
            raise Refused("copy_newer", version=opening.version)
        return opening
    raise Refused("copy_cut")


def receive(
    spring: Spring,
    opening: Opening,
    connection: BaseDatabaseWrapper,
    *,
    files: Path,
) -> Closing:
    """Make the tables of the stream's release and fill them: everything, or nothing.

    Every table is read back and compared with what the stream says, before the commit. Files are
    put into the folder `files`. Transaction numbers begin anew (keeping.numbers). Raises Refused:
    database_not_empty, copy_cut, copy_mismatch.
    """
    if not schema.is_empty(connection):
        raise Refused("database_not_empty")
    known = {path.name for path in files.iterdir()} if files.is_dir() else set()
    written: list[Path] = []
    arrived: list[Closing] = []

    def fill(_made: schema.Models) -> None:
        arrived.append(_fill(spring, connection, files, written))

    try:
        schema.make(connection, opening.nodes, fill=fill, when=opening.taken_at)
    except BaseException:
        for path in written:
            if path.name not in known:  # a house beside this one may work with those
                path.unlink(missing_ok=True)
        raise
    return arrived[0]


def _fill(
    spring: Spring, connection: BaseDatabaseWrapper, files: Path, written: list[Path]
) -> Closing:
    tables: list[Table] = []
    filler: Filler | None = None
    for what, content in frames(spring):
        if what == b"T":
            tables.append(Table(**json.loads(content)))
            filler = Filler(connection, tables[-1])
        elif what == b"R" and filler is not None:
            filler.add(content)
        elif what == b"F":
            written.append(_receive_file(json.loads(content), spring, files))
        elif what == b"C":
            told = Closing(**json.loads(content))
            _compare(told, tables, connection)
            numbers.begin_anew(connection)
            return told
    raise Refused("copy_cut")


def frames(spring: Spring) -> Iterator[tuple[bytes, bytes]]:
    """Every frame to the end. Raises Refused("copy_cut")."""
    while head := spring.read(5):
        size = int.from_bytes(head[1:])
        content = spring.read(size)
        if len(head) < 5 or len(content) < size:
            raise Refused("copy_cut")
        yield head[:1], content


def _compare(told: Closing, tables: list[Table], connection: BaseDatabaseWrapper) -> None:
    source = same(connection)
    for table in tables:
        if sum_of(source, table).said != told.tables.get(table.name):
            raise Refused("copy_mismatch", table=table.name)
        Filler(connection, table).count_on()


def _is_kept(model: Any) -> bool:
    """Sessions, rate limits and signs of life are of the moment: whoever restores signs in anew."""
    meta = model._meta
    return meta.app_label not in SIDE_APPS and (meta.app_label, meta.model_name) not in SIDE_MODELS


def _send_file(path: Path, sink: Sink, closing: Closing) -> None:
    """One that was deleted meanwhile is left out: somebody wanted it gone."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        size = path.stat().st_size
        _put(sink, b"F", _json({"name": path.name, "size": size}))
        left = size
        while left:
            content = file.read(min(PIECE, left))
            if not content:
                raise OSError(f"{path.name} became shorter while it was copied.")
            _put(sink, b"B", content)
            left -= len(content)
    closing.files[path.name] = size


def _receive_file(told: dict[str, Any], spring: Spring, folder: Path) -> Path:
    name, left = str(told["name"]), int(told["size"])
    if Path(name).name != name or name.startswith("."):
        raise Refused("copy_damaged")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, part = folder / name, folder / f".{name}.part"
    with part.open("wb") as file:
        part.chmod(0o600)
        while left:
            what, content = next(frames(spring), (b"", b""))
            if what != b"B":
                raise Refused("copy_damaged")
            file.write(content)
            left -= len(content)
    part.replace(path)
    return path


def _put(sink: Sink, what: bytes, content: bytes) -> None:
    sink.write(what + len(content).to_bytes(4))
    sink.write(content)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
