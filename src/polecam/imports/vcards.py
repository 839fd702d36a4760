"""Contact cards (vCard 2.1, 3.0 and 4.0) as rows, a line at a time: constant memory, linear time.

Programs write what no standard allows, so nothing is demanded: a card may lack its END, its FN or
its VERSION. Of a card only what a client has is kept; a photograph is walked over, never loaded.
What is cut off or stands between cards becomes a row marked broken, and is refused by its line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from quopri import decodestring

from polecam.imports import letters
from polecam.imports.records import BROKEN, CUT

HEADINGS = ["First name", "Last name", "Full name", "Company", "Mobile phone", "E-mail address"]
"""Line 0 of the staged rows: known headings, so that the columns map themselves."""
PROPERTY = re.compile(r'^\s*(?:[\w-]+\.)?([\w-]+)((?:;(?:[^:;"]|"[^"]*")*+)*+)\s*:(.*)$', re.DOTALL)
"""What was taken is never given back (`*+`), so a line costs its length, whatever it holds."""
PARAMETER = re.compile(r';((?:[^;"]|"[^"]*")*)')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
WANTED = frozenset("BEGIN END VERSION N FN ORG TEL EMAIL AGENT KIND X-ABSHOWAS".split())
UNSPOKEN = frozenset("FAX PAGER MODEM BBS TLX TEXTPHONE".split())
LONGEST = 4000
MOST_CONTACTS = 8


@dataclass
class _Property:
    """One property, unfolded; `value` is kept of WANTED ones alone."""

    line: int
    name: str = ""
    traits: list[str] = field(default_factory=list)
    value: str = ""
    version: str = ""
    text: str = ""

    @classmethod
    def begun(cls, line: int, text: str, version: str) -> "_Property":
        match = PROPERTY.match(text)
        if match is None:
            return cls(line, text=text[:LONGEST], version=version)
        traits = [trait.replace('"', "").upper() for trait in PARAMETER.findall(match[2])]
        name = match[1].upper()
        kept = name in WANTED or "BASE64" in "".join(traits)
        return cls(line, name, traits, match[3] if kept else "", version)

    def trait(self, name: str) -> list[str]:
        """Values of a parameter, `TYPE=CELL,VOICE` and the bare `CELL` of 2.1 alike."""
        found = []
        for said in self.traits:
            key, has_value, value = said.partition("=")
            if has_value and key.strip() == name:
                found += [part.strip() for part in value.split(",")]
            elif not has_value and name == "TYPE":
                found.append(key.strip())
        return found

    @property
    def quoted(self) -> bool:
        return any("QUOTED-PRINTABLE" in trait for trait in self.traits)

    @property
    def binary(self) -> bool:
        return any(
            trait.strip() in {"BASE64", "ENCODING=BASE64", "ENCODING=B"} for trait in self.traits
        )

    def takes(self, text: str) -> bool:
        """Whether the next line still belongs to this property; if so it is added."""
        if self.quoted and self.value.endswith("="):
            self._add(text, soft=True)
        elif self._walked_over(text):
            return True
        elif text[:1] in (" ", "\t") and not self.name and self.text:  # folded before its colon
            vars(self).update(vars(self.begun(self.line, self.text + text[1:], self.version)))
        elif text[:1] in (" ", "\t") and self.name:
            self._add(" " + text.lstrip() if self.version == "2.1" else text[1:])
        else:
            return False
        return True

    def _walked_over(self, text: str) -> bool:
        """A photograph, or a soft line of something that is not wanted."""
        if PROPERTY.match(text):
            return self.binary and text[:1] in (" ", "\t")
        return self.binary or (self.quoted and self.name not in WANTED)

    def _add(self, more: str, *, soft: bool = False) -> None:
        if self.name in WANTED and len(self.value) < LONGEST:
            self.value = (self.value[:-1] if soft else self.value) + more

    def said(self, encoding: str) -> str:
        """The value in letters, still escaped."""
        charset = next(iter(self.trait("CHARSET")), "")
        if self.quoted:
            return _in_letters(decodestring(self.value.encode("utf-8")), charset)
        if encoding in letters.SINGLE and charset and not self.value.isascii():
            return _in_letters(self.value.encode(encoding, letters.PASSED), charset)
        return self.value


def _in_letters(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset or "utf-8", "strict")
    except (LookupError, ValueError):  # a name that is none, or none of letters
        pass
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        found = letters.of_words(list(letters.words_of(content)))
        sure = found is not None and found.sure
        return content.decode(found.encoding if found and sure else "ascii", "replace")


def plain(value: str) -> str:
    """Without escapes and line ends: `Doe\\, John` -> `Doe, John`."""
    said = ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], value)
    return " ".join(said.split())


def parts(value: str) -> list[str]:
    """`Doe;John;Richter\\, James` at its own semicolons."""
    own = value.replace("\ue000", "\ufffd")  # nobody's letter, and ours to mark with
    marked = ESCAPED.sub(lambda match: f"\ue000{ord(match[1])}\ue001", own)
    back = re.compile("\ue000(\\d+)\ue001")
    return [plain(back.sub(lambda m: "\\" + chr(int(m[1])), part)) for part in marked.split(";")]


@dataclass
class _Card:
    line: int
    first: str = ""
    last: str = ""
    full: str = ""
    firm: str = ""
    is_firm: bool = False
    phones: list[tuple[int, str]] = field(default_factory=list)
    emails: list[tuple[int, str]] = field(default_factory=list)
    agent: bool = False

    def take(self, found: _Property, encoding: str) -> None:
        said = found.said(encoding)
        match found.name:
            case "N" if not (self.first or self.last):
                self.last, self.first = [*parts(said), "", ""][:2]
            case "FN":
                self.full = self.full or plain(said)
            case "ORG":
                self.firm = self.firm or parts(said)[0]
            case "KIND" | "X-ABSHOWAS":
                self.is_firm = plain(said).casefold() in {"org", "organization", "company"}
            case "TEL":
                self._phone(found, plain(said))
            case "EMAIL":
                self._email(found, plain(said))

    def _phone(self, found: _Property, said: str) -> None:
        kinds = set(found.trait("TYPE"))
        number, _, extension = said.removeprefix("tel:").partition(";ext=")
        if number and not kinds & UNSPOKEN and len(self.phones) < MOST_CONTACTS:
            rank = 0 if kinds & {"CELL", "MOBILE", "IPHONE"} else _preference(found)
            more = f" ext. {extension.split(';')[0]}" if extension else ""
            self.phones.append((rank, number.partition(";")[0] + more))

    def _email(self, found: _Property, said: str) -> None:
        if said and len(self.emails) < MOST_CONTACTS:
            self.emails.append((_preference(found), said.removeprefix("mailto:")))

    def row(self) -> list[str]:
        """Cells under HEADINGS; the number and address to use stand first."""
        first, last, full = self.first, self.last, self.full
        if self.is_firm:
            first, last, full = "", "", ""
            self.firm = self.firm or self.full
        if full == self.firm:
            full = ""
        phones = "; ".join(said for _, said in sorted(self.phones, key=lambda pair: pair[0]))
        emails = "; ".join(said for _, said in sorted(self.emails, key=lambda pair: pair[0]))
        return [first, last, full, self.firm, phones, emails]


def _preference(found: _Property) -> int:
    """1 to 100 where the card says what it prefers, 101 where it does not."""
    ranks = [int(rank) for rank in found.trait("PREF") if rank.isdecimal()]
    return min([*ranks, 1 if "PREF" in found.trait("TYPE") else 101])


def rows(lines: Iterable[str], encoding: str) -> Iterator[tuple[int, list[str]]]:
    """(line of its BEGIN, cells under HEADINGS) of every card."""
    reader = _Reader(encoding)
    for found in _properties(lines):
        if (row := reader.take(found)) is not None:
            yield row
    if reader.card is not None:
        yield reader.card.line, [CUT, *reader.card.row()]


class _Reader:
    """Where one is: inside a card, inside the card of its AGENT, or between cards."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.card: _Card | None = None
        self.depth, self.stray = 0, False

    def take(self, found: _Property) -> tuple[int, list[str]] | None:
        """The row that this property completes, if it does."""
        edge = found.name if found.value.strip().upper() == "VCARD" else ""
        if self.card is None:
            if edge != "BEGIN":
                return self._between(found)
            self._begun(found)
            return None
        if edge == "BEGIN" and (self.depth or self.card.agent):
            self.depth, self.card.agent = self.depth + 1, False
        elif edge == "BEGIN":  # the END before it was forgotten
            row = self._done()
            self._begun(found)
            return row
        elif edge == "END" and self.depth:
            self.depth -= 1
        elif edge == "END":
            return self._done()
        elif found.name == "AGENT":
            self.card.agent = not found.value.strip()
            self.depth += found.value.strip().upper() == "BEGIN:VCARD"
        elif not self.depth:
            self.card.take(found, self.encoding)
        return None

    def _begun(self, found: _Property) -> None:
        self.card, self.stray = _Card(found.line), False

    def _done(self) -> tuple[int, list[str]]:
        card, self.card = self.card, None
        assert card is not None  # noqa: S101 - only called inside one
        return card.line, card.row()

    def _between(self, found: _Property) -> tuple[int, list[str]] | None:
        """Text that belongs to no card, told once."""
        if self.stray or not (found.name or found.text.strip()):
            return None
        self.stray = True
        return found.line, [BROKEN, found.text or found.name]


def _properties(lines: Iterable[str]) -> Iterator[_Property]:
    current: _Property | None = None
    version = ""
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if current is not None:
            if current.takes(text):
                continue
            if current.name == "VERSION":
                version = current.value.strip()
            yield current
        current = _Property.begun(number, text.lstrip("\ufeff"), version)
    if current is not None:
        yield current
