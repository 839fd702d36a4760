"""Read settings from the environment, with safe defaults and clear complaints."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ENVIRONMENTS = ("production", "demo", "development", "test")
DEFAULT_SECRET = "insecure-default-for-trying-out-only"  # noqa: S105 - refused in production


def text(name: str, default: str = "") -> str:
    """The variable's value, stripped; `default` when it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case)."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def items(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def choice(name: str, *known: str) -> str:
    """One of `known`, the first when nothing is said. Raises ValueError for any other word."""
    value = text(name, known[0])
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}.")
    return value


def environment() -> str:
    """One of ENVIRONMENTS. Raises ValueError for any other word."""
    return choice("POLECAM_ENV", *ENVIRONMENTS)


def database(url: str, home: Path) -> dict:
    """Django's database settings for `sqlite:///path` or `postgresql://user:pw@host:port/name`.

    An empty `url` means SQLite in `home`. Raises ValueError for another scheme.
    """
    if not url:
        return sqlite(home / "polecam.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with sqlite:// or postgresql://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # short statements: to compile one costs more than to run it (docs/speed.md)
        "OPTIONS": {"options": "-c jit=off", **query},
    }


def sqlite(path: Path) -> dict:
    """SQLite as measured in docs/adr: WAL, durable commits, writers queue at BEGIN."""
    return {
        "ENGINE": "polecam.store.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                "PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
            ),
        },
    }
