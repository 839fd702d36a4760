"""Finds the command, runs it, and turns every expected trouble into one clear line.

A command is a module with `arguments(parser)` and `run(options) -> int`, imported once Django
stands. Exit codes: 0 done, 1 the answer is "no" (a proof failed), 2 it could not be tried.
"""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "init": "prepare the database (again after every upgrade); --keys prints fresh secrets",
    "serve": "the web server, with its worker beside it",
    "demo": "fill an empty database with a living demo branch",
    "importing": "bring clients from a CSV or XLSX file",
    "bounce_in": "a mail server's notice of a letter that came back, on standard input",
    "sign_in_help": "a link for a new password, for whoever lost everything they sign in with",
    "backup": "a sealed copy of everything, while people go on working; --drill tries it",
    "restore": "bring a copy back, into an empty database of either kind",
    "move": "move everything to another database, SQLite or PostgreSQL",
    "upgrade": "after a new release: copy, migrate, verify",
    "verify": "prove journal, seals, receipts, ledger and shares, or name what is broken",
    "verifying": "is a receipt true? by its text, a public key and a root; needs no database",
    "mailing_in": "hear one e-mail on standard input: a moment told to an inlet's address",
    "health": "does the server on this machine serve? exit code 0 or 1; needs no database",
    "work": "read the journal, import files, run the daily jobs",
}
SPELLED = {
    "import": "importing",
    "bounce-in": "bounce_in",
    "verify-receipt": "verifying",
    "mail-in": "mailing_in",
    "sign-in-help": "sign_in_help",
}
BARE = frozenset({"verifying", "health"})
"""Work without a database, and without Django where they can."""


class Trouble(Exception):
    """A command cannot go on; its text is the one line that says why and what to do."""


def run(arguments: list[str]) -> int:
    """Run `arguments` (without the program's name); the exit code."""
    name = SPELLED.get(arguments[0], arguments[0]) if arguments else ""
    if name not in COMMANDS or arguments[0] in SPELLED.values():
        print(usage(), file=sys.stdout if arguments in ([], ["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments in ([], ["-h"], ["--help"]) else 2
    if arguments == ["init", "--keys"]:
        from polecam.cli.keys import show

        return show()
    try:
        return _run(name, arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        line = complaint(error)
        if line is None:
            raise
        print(f"polecam {arguments[0]}: {line}", file=sys.stderr)
        return 2


def usage() -> str:
    """Every command with what it is for."""
    spelled = {module: word for word, module in SPELLED.items()}
    lines = [f"  {spelled.get(name, name):14} {what}" for name, what in COMMANDS.items()]
    return "\n".join(
        ["usage: polecam COMMAND [options]", "", *lines, "", "-h after a command: more"]
    )


def complaint(error: Exception) -> str | None:
    """One line for a trouble that has a remedy; None for a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    from polecam.kit.errors import Refused

    if isinstance(error, Refused):
        from polecam.web.ui.refusals import sentence_of

        return str(sentence_of(error))
    if isinstance(error, OperationalError | ProgrammingError):
        text = str(error).strip().splitlines()[0]
        hint = " Run `polecam init` first." if _lacks_tables(text) else ""
        return f"The database says: {text}.{hint}"
    if isinstance(error, Trouble | ImproperlyConfigured | ValueError | OSError):
        return str(error)
    return None


def _lacks_tables(text: str) -> bool:
    return "no such table" in text or "does not exist" in text


def _run(name: str, arguments: list[str]) -> int:
    if name not in BARE:
        import django

        django.setup()
    module = import_module(f"polecam.cli.{name}")
    parser = argparse.ArgumentParser(
        prog=f"polecam {arguments[0]}", description=COMMANDS[name].capitalize() + "."
    )
    module.arguments(parser)
    return module.run(parser.parse_args(arguments[1:]))
