"""`polecam verify-receipt`: is a receipt true? Without the database, without any settings.

With `--key` nothing of the house is needed at all: a receipt, a public key that was kept, and a
root from a mail decide. Without it, the keys of this installation's settings are taken.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from polecam.claims.slip_check import LONGEST, Checked, Verdict, check, roots_in
from polecam.claims.slip_keys import heard, key_id, spoken

SAID = {
    Verdict.UNREADABLE: "This is no whole receipt. Copy all of it, from POLECAM-RECEIPT v1 on.",
    Verdict.UNKNOWN_KEY: "Signed with a key that is not known here. Give it with --key.",
    Verdict.FORGED: "ALTERED OR FORGED: this is not what was signed.",
    Verdict.OTHER_ROOT: "ANOTHER ROOT: the receipt's proof leads to a root that is not the one you "
    "gave. Either yours is of another day, or history was rewritten.",
    Verdict.SIGNED: "The signature is right. The text has no proof that it stands in a day's root.",
    Verdict.INCLUDED: "The signature is right, and the receipt stands in the root below. "
    "Compare it with the root in your mail, or give that one with --root.",
    Verdict.CONFIRMED: "TRUE: the signature is right, and the receipt stands in the root you gave.",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", nargs="?", default="-", help="the receipt's text; - reads it here")
    parser.add_argument("--root", default="", metavar="HEX", help="the day's root, from your mail")
    parser.add_argument("--key", action="append", default=[], help="a public key, ed25519:...")
    parser.add_argument("--keys", action="store_true", help="print this house's public keys")


def run(options: argparse.Namespace) -> int:
    """0 when nothing speaks against the receipt, 1 otherwise. Raises ValueError, OSError."""
    if options.keys:
        for name, public in _of_the_house().items():
            print(f"{name}  {spoken(public)}")
        return 0
    known = {key_id(public): public for public in map(heard, options.key)} or _of_the_house()
    if options.root and not roots_in(options.root):
        raise ValueError("A root has 64 digits from 0 to f.")
    found = check(_text(options.file), known, options.root)
    print(SAID[found.verdict])
    for line in _details(found):
        print(line)
    without = bool(options.root) and found.verdict == Verdict.SIGNED
    if without:
        print("Nothing was compared with the root: use the text that has its proof.")
    return 0 if found.good and not without else 1


def _text(place: str) -> str:
    raw = sys.stdin.buffer.read(LONGEST + 1) if place == "-" else _head(Path(place))
    return raw.decode("utf-8", "replace")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST + 1)


def _of_the_house() -> Mapping[str, bytes]:
    from django.core.exceptions import ImproperlyConfigured

    from polecam.claims import signing
    from polecam.cli.commands import Trouble

    try:
        return signing.of_the_house().known
    except ImproperlyConfigured:
        raise Trouble(
            "No settings of a house here: give its public key with --key (its page /verify/ and "
            "`polecam verify-receipt --keys` show it)."
        ) from None


def _details(found: Checked) -> list[str]:
    lines = []
    if found.slip:
        lines.append(f"number      {found.slip.number}")
        lines.append(f"for         a {found.slip.kind}")
        lines.append(f"at          {found.slip.at.isoformat(timespec='seconds')}")
        lines.append(f"key         {found.slip.key_id}")
    if found.day:
        lines.append(f"day         {found.day.isoformat()}")
        lines.append(f"root        {found.root}")
    if found.opening:
        lines.append(f"seller      {found.opening.person}")
        lines.append(f"referral    {found.opening.referral}")
    return lines
