"""Logs without personal data: tokens of public links are cut out of every line, and of an error its
kind and its place are told, never its text (a database would quote the row)."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

TOKEN = re.compile(
    r"(/(?:z|k|c|f|s|p|card|inlets|welcome|start|mailing/report)/|/password/[^/\s\"?]+/)[^/\s\"?]+"
)
ADDRESS = re.compile(r"(?<![^\s@<>\"'=(,;:])[^\s@<>\"'=(,;:]+@[^\s@<>\"'),;]+\.[^\s@<>\"'),;]+")
"""Looked for where a word begins only, so that a long line costs its length."""

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutTokens(logging.Filter):
    """Replaces the token of a public link, and an e-mail address, by `…` in every message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the record."""
        message = record.getMessage()
        clean = ADDRESS.sub("…", TOKEN.sub(r"\1…", message))
        if clean != message:
            record.msg, record.args = clean, ()
        return True


class Plain(logging.Formatter):
    """For eyes: level, logger, message and fields in one line, errors below."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, with what Python says of an error below it."""
        fields = "".join(f" {key}={value}" for key, value in _fields(record).items())
        line = f"{record.levelname.lower()} {record.name}: {record.getMessage()}{fields}"
        found = error(record.exc_info)
        below = [*found["where"], found["error"]] if found else []
        return "\n  ".join([line, *below])


class Lines(logging.Formatter):
    """For machines: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, message, then what the caller added."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        return json.dumps(said | (error(record.exc_info) or {}), ensure_ascii=False)


def error(caught: Caught | None) -> dict[str, Any] | None:
    """The kinds of an error and of what caused it, and where each line of its way stands."""
    if not caught or caught[1] is None:
        return None
    kinds: list[str] = []
    where: list[str] = []
    at: BaseException | None = caught[1]
    while at is not None and len(kinds) < 5:
        kinds.append(type(at).__name__)
        frames = traceback.extract_tb(at.__traceback__)
        where += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return {"error": " from ".join(kinds), "where": where}


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found = getattr(record, "fields", None)
    return found if isinstance(found, dict) else {}
