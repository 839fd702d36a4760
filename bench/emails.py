"""E-mail addresses against the isemail test set: what Polecam takes, and every deviation explained.

    python -m bench.emails           # say it
    python -m bench.emails --write   # and write it into docs/emails.md

The file lies in POLECAM_BENCH_DATA (default ../shared/data)/imports; without it: "data absent". The
test set calls acceptable what is VALID or RFC5321: everything a mail server has to take.
"""

import argparse
import os
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from polecam.kit import emails

ROOT = Path(__file__).resolve().parent.parent
FILE = Path(os.environ.get("POLECAM_BENCH_DATA", ROOT / "../shared/data")) / (
    "imports/isemail_tests.xml"
)
PAGE = ROOT / "docs/emails.md"
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
ACCEPTABLE = frozenset({"ISEMAIL_VALID_CATEGORY", "ISEMAIL_RFC5321"})
PICTURES, CONTROLS = 0x2400, 0x20
"""The file writes control characters as pictures of them."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One address of the test set, its verdict, and ours."""

    number: int
    address: str
    category: str
    diagnosis: str
    got: str

    @property
    def deviates(self) -> bool:
        """Whether we say something else."""
        return (self.category in ACCEPTABLE) != bool(self.got)


def _around(one: Vector) -> bool:
    return bool(one.got) and one.got == emails.normal(one.address.strip()) != one.address


LITERAL = (
    "refused: an IP address instead of a domain. No client has such a mailbox, and a message "
    "must not be steered to a machine inside the house"
)
NO_DOT = (
    "refused: a domain without a dot. ICANN forbids mailboxes at a top-level domain (RFC 7085 "
    "counts the few), and a slip such as jan@firma would pass"
)
EMPTY = "refused: nothing between the quotes. No provider gives an empty name away"
INTERNATIONAL = (
    "taken: a letter outside ASCII, quoted. The test set is older than international addresses "
    "(RFC 6531, 6532), which allow it"
)
NEEDLESS = "taken: 64 characters before the @ once the needless backslash is gone"
AROUND = (
    "taken: spaces and line ends around it come from copying and are taken off first; the "
    "address that is kept has none"
)
LITERALS = frozenset({"ISEMAIL_RFC5321_ADDRESSLITERAL", "ISEMAIL_RFC5321_IPV6DEPRECATED"})
REASONS: tuple[tuple[Callable[[Vector], bool], str], ...] = (
    (lambda one: one.diagnosis in LITERALS, LITERAL),
    (lambda one: one.diagnosis == "ISEMAIL_VALID" and "." not in one.address, NO_DOT),
    (lambda one: '""@' in one.address and not one.got, EMPTY),
    (
        lambda one: one.diagnosis == "ISEMAIL_ERR_EXPECTING_QPAIR" and not one.address.isascii(),
        INTERNATIONAL,
    ),
    (
        lambda one: one.diagnosis == "ISEMAIL_RFC5322_LOCAL_TOOLONG" and "\\" in one.address,
        NEEDLESS,
    ),
    (_around, AROUND),
)


def vectors(file: Path = FILE) -> list[Vector]:
    """Every address of the test set with both verdicts. Raises OSError where the file is absent."""
    tree = ET.parse(file)
    return [_vector(entry) for entry in tree.iter("test")]


def reason(one: Vector) -> str:
    """Why we deviate. Raises LookupError where nobody has said so yet."""
    found = next((said for holds, said in REASONS if holds(one)), "")
    if not found:
        raise LookupError(f"no reason for {one.number}: {one.address!r} ({one.diagnosis})")
    return found


def table(found: list[Vector]) -> str:
    """The generated part of the page."""
    odd = [one for one in found if one.deviates]
    acceptable = sum(one.category in ACCEPTABLE for one in found)
    counts = (
        f"{len(found)} addresses, {acceptable} of them acceptable. Same verdict: "
        f"{len(found) - len(odd)}. Deviations: {len(odd)}."
    )
    lines = [
        BEGIN,
        "",
        counts,
        "",
        "| No | Address | The test set says | Polecam |",
        "|---|---|---|---|",
        *(_row(one) for one in odd),
        "",
        END,
    ]
    return "\n".join(lines)


def _row(one: Vector) -> str:
    shown = repr(one.address)[1:-1].replace("|", "\\|").replace("`", "'")
    said = one.diagnosis.removeprefix("ISEMAIL_")
    return f"| {one.number} | `{shown}` | {said} | {reason(one)} |"


def _vector(entry: ET.Element) -> Vector:
    address = "".join(
        chr(ord(letter) - PICTURES) if 0 <= ord(letter) - PICTURES <= CONTROLS else letter
        for letter in entry.findtext("address") or ""
    )
    return Vector(
        int(entry.get("id", "0")),
        address,
        entry.findtext("category") or "",
        entry.findtext("diagnosis") or "",
        emails.normal(address),
    )


def main() -> int:
    """Say what was found; 1 if docs/emails.md says something else."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/emails.md anew")
    options = parser.parse_args()
    if not FILE.exists():
        print(f"emails: data absent ({FILE.name} in POLECAM_BENCH_DATA/imports)")
        return 0
    found = vectors()
    written = PAGE.read_text(encoding="utf-8")
    before, rest = written.split(BEGIN)
    anew = before + table(found) + rest.split(END)[1]
    for category, count in sorted(Counter(one.category for one in found).items()):
        taken = sum(bool(one.got) for one in found if one.category == category)
        print(f"{category.removeprefix('ISEMAIL_'):20} {count:4}  taken {taken:4}")
    if options.write:
        PAGE.write_text(anew, encoding="utf-8")
    print("docs/emails.md", "is up to date" if options.write or anew == written else "is stale")
    return 0 if options.write or anew == written else 1


if __name__ == "__main__":
    sys.exit(main())
