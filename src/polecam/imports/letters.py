"""Which letters a text is written in, told by the words it would give. Pure.

UTF-8 proves itself. For the old one-byte sets each candidate reads the same words, and the one
that gives Polish words wins: no capital inside a word, no `¶` or `│` beside a letter. Where two
give equally good and different words nobody can know: `sure` is False, and a person is asked.
"""

import codecs
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
SINGLE = ("cp1250", "iso8859-2", "cp852", "mazovia")
"""One byte a letter, the likeliest first."""
USUAL = SINGLE[:3]
"""Those that a file of our days may be in."""
PASSED = "polecam-c1"
"""Bytes without a letter become the control of that number, and back: nothing is lost."""
MENDS = {
    "utf-8/cp1250": ("cp1250", "utf-8"),
    "utf-8/cp1252": ("cp1252", "utf-8"),
    "utf-8/iso8859-2": ("iso8859-2", "utf-8"),
    "utf-8/latin-1": ("latin-1", "utf-8"),
    "utf-8/cp852": ("cp852", "utf-8"),
    "cp1250/cp1252": ("cp1252", "cp1250"),
    "cp1250/latin-1": ("latin-1", "cp1250"),
    "iso8859-2/cp1252": ("cp1252", "iso8859-2"),
    "iso8859-2/latin-1": ("latin-1", "iso8859-2"),
    "cp1250/iso8859-2": ("iso8859-2", "cp1250"),
    "iso8859-2/cp1250": ("cp1250", "iso8859-2"),
    "cp852/cp1250": ("cp1250", "cp852"),
    "cp852/iso8859-2": ("iso8859-2", "cp852"),
    "cp852/cp1252": ("cp1252", "cp852"),
    "cp852/latin-1": ("latin-1", "cp852"),
    "cp1250/cp852": ("cp852", "cp1250"),
    "iso8859-2/cp852": ("cp852", "iso8859-2"),
}
"""Text that was once read by a wrong table: by which, and which would have been right."""
MOST_WORDS = 5000
BETWEEN = re.compile(rb"[^0-9A-Za-z\x80-\xff]+")
CONTROLS = re.compile(r"[\x80-\x9f]")
RUN = re.compile(r"[^\x00-\x7f]+")
EDGES = "„“”‚‘’«»…\"'()[],.;:!?-\xa0\u202f"
SIGNS = "¡¢£¤¥¦§¨©¬\xad®¯°±²³´¶·¸¹¼½¾¿×÷†‡‰™ˆˇ˘˙˛˝⌐∙√∞≈≡≤≥πΩ"
UNREADABLE = re.compile(r"[\x80-\x9f\ufffd\ue000-\uf8ff]")
GARBLED = re.compile(
    rf"[\x80-\x9f\ufffd\ue000-\uf8ff\u2500-\u259f]|[^\W\d_][{SIGNS}]|[{SIGNS}][^\W\d_]"
    r"|[ĹÅÄĂÃ][„…†‡‰Š‹ŚŤŽŹ‘’“”•–—™š›śťžźŁĄŞ«Żłą»ľżŸœŒ\xa0]|^[–—•]\w|\w[–—•]$"
)
LOST = re.compile(r"[^\W\d_]\?|\?[^\W\d_]")
"""A letter that some program had no room for."""
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
BY_DIGIT = re.compile(r"\d(?![a-z])[^\W\d_\x00-\x7f]|[^\W\d_\x00-\x7f]\d")
NEVER_FIRST = re.compile(r"^[ĄĘŃ][a-ząćęłńóśźż]")
"""No Polish word begins so."""


@dataclass(frozen=True)
class Letters:
    """`encoding`: Python's name; `mend`: a key of MENDS; not `sure`: another set fits as well.

    `mixed`: some words fit another set only, so that the file was put together of two.
    """

    encoding: str
    mend: str = ""
    sure: bool = True
    mixed: bool = False


def unreadable(text: str) -> bool:
    """Whether a letter is missing: a byte that means nothing, a sign of replacement."""
    return not text.isascii() and UNREADABLE.search(text) is not None


def garbled(text: str) -> bool:
    """Whether a name was read by a wrong table: `Pawe³`, `Ĺ‚`, `Ma│gorzata`, `Pawe?`."""
    if "?" in text and LOST.search(text):
        return True
    return not text.isascii() and any(
        GARBLED.search(word.strip(EDGES)) is not None for word in text.split(" ")
    )


def words_of(content: bytes) -> Iterator[bytes]:
    """Words with a byte beyond ASCII."""
    return (word for word in BETWEEN.split(content) if not word.isascii())


def of_words(words: Collection[bytes]) -> Letters | None:
    """The one-byte set in which these words are words; None when they are in none of them."""
    read = {name: [word.decode(name, PASSED) for word in words] for name in SINGLE}
    worth = {name: sum(map(worth_of, said)) for name, said in read.items()}
    best = max(SINGLE, key=lambda name: (worth[name], -SINGLE.index(name)))
    if sum(worth_of(word) < 0 for word in read[best]) * 2 > len(words):
        return None
    rivals = [name for name in USUAL if worth[name] == worth[best]]
    sure = all(read[name] == read[best] for name in rivals)
    mixed = any(as_read(word, best) != word for word in read[best])
    return Letters(best, sure=sure, mixed=mixed)


def as_read(cell: str, encoding: str, *, mixed: bool = False) -> str:
    """The cell; a word that is none here and Polish by another table is marked unreadable.

    So that two files put together by hand, one of Windows and one of Linux, misspell nobody. In a
    file that is `mixed` a word must not be Polish by two tables either.
    """
    if encoding not in USUAL or cell.isascii():
        return cell
    words = [
        f"{word}\ufffd" if _may_be_other(word, encoding, mixed=mixed) else word
        for word in cell.split(" ")
    ]
    return " ".join(words)


@lru_cache(maxsize=8192)
def _may_be_other(word: str, encoding: str, *, mixed: bool) -> bool:
    if word.isascii() or "\ufffd" in word or (worth_of(word) > 0 and not mixed):
        return False
    content = word.encode(encoding, PASSED)
    others = [content.decode(other, PASSED) for other in USUAL if other != encoding]
    return any(worth_of(other) > 0 for other in others if other != word)


def mend_of(words: Collection[str]) -> str | None:
    """What went wrong with a text before it came here: a key of MENDS, or "" for nothing.

    None when it may have been one thing as well as another.
    """
    bad = [word for word in words if worth_of(word) < 0]
    polish = POLISH.intersection(*["".join(words)])
    fixed = {
        name: [mended(word, name) for word in bad]
        for name in MENDS
        if bad and polish <= _survivors(name)
    }
    gains = {
        name: (sum(map(_evidence, bad, made)), sum(map(worth_of, made)))
        for name, made in fixed.items()
    }
    best = max(gains, key=lambda name: gains[name], default="")
    if not best or not gains[best][0]:
        return ""
    rivals = [made for name, made in fixed.items() if gains[name] == gains[best]]
    return best if all(made == fixed[best] for made in rivals) else None


@cache
def _survivors(mend: str) -> frozenset[str]:
    """Polish letters that may stand in a text after that accident; all where a part was spared."""
    wrong, right = MENDS[mend]
    if right == "utf-8":
        return POLISH
    return frozenset("".join(POLISH).encode(right).decode(wrong, PASSED))


def _evidence(word: str, fixed: str) -> bool:
    """`m³` is no evidence that `³` was an `ł` once; `Pawe³` is, and two signs that were one."""
    long_enough = len(fixed) < len(word) or len(word) > 3
    return fixed != word and long_enough and worth_of(fixed) > 0


def mended(text: str, mend: str) -> str:
    """The text as it was before the wrong table; what cannot be mended is marked unreadable."""
    if text.isascii():
        return text
    wrong, right = MENDS[mend]

    def back(run: re.Match[str]) -> str:
        try:
            if not _letterless(wrong).issuperset(CONTROLS.findall(run[0])):
                raise UnicodeError
            return run[0].encode(wrong, PASSED).decode(right, "strict" if "8" in right else PASSED)
        except UnicodeError:
            return run[0] if POLISH.issuperset(run[0]) else _marked(run[0])

    return RUN.sub(back, text)


@cache
def _letterless(encoding: str) -> frozenset[str]:
    """Controls that a program leaves for the bytes to which its table gives no letter."""
    signs = bytes(range(0x80, 0xA0)).decode(encoding, PASSED)
    return frozenset(sign for number, sign in enumerate(signs, 0x80) if sign == chr(number))


def _marked(run: str) -> str:
    return re.sub("[ĹÅÄĂÃ┼─]", "\ufffd", run)


@lru_cache(maxsize=8192)
def worth_of(word: str) -> int:
    """1 for a Polish word or plain print, 0 for a foreign one, -1 for what is no word."""
    core = word.strip(EDGES)
    if GARBLED.search(core) or BY_DIGIT.search(core) or _capital_astray(core):
        return -1
    letters = [sign for sign in core if sign > "\x7f" and sign.isalpha()]
    return int(POLISH.issuperset(letters) and not NEVER_FIRST.match(core))


def _capital_astray(word: str) -> bool:
    """A capital inside a word of small letters, a small letter among capitals: a wrong table."""
    if any(one.islower() and other.isupper() and one > "\x7f" for one, other in pairwise(word)):
        return True
    if any(map(str.islower, word)) and any(
        one.isalpha() and other.isupper() and other > "\x7f" for one, other in pairwise(word)
    ):
        return True
    plain = [sign for sign in word if sign <= "\x7f" and sign.isalpha()]
    shouted = len(plain) > 1 and all(map(str.isupper, plain))
    return shouted and any(sign > "\x7f" and sign.islower() for sign in word)


def _pass(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeDecodeError):
        return "".join(map(chr, error.object[error.start : error.end])), error.end
    if isinstance(error, UnicodeEncodeError):
        signs = error.object[error.start : error.end]
        if all("\x80" <= sign <= "\x9f" for sign in signs):
            return bytes(map(ord, signs)), error.end
    raise error


codecs.register_error(PASSED, _pass)


# --- Mazovia, the letters of Polish programs before Windows --------------------------------------

MAZOVIA = dict(zip(b"\x86\x8d\x91\x92\xa4\xa2\x9e\xa6\xa7", "ąćęłńóśźż", strict=True)) | dict(
    zip(b"\x8f\x95\x90\x9c\xa5\xa3\x98\xa0\xa1", "ĄĆĘŁŃÓŚŹŻ", strict=True)
)


@cache
def _table() -> str:
    plain = bytes(range(256)).decode("cp437")
    return "".join(MAZOVIA.get(number, sign) for number, sign in enumerate(plain))


class _Decoder(codecs.IncrementalDecoder):
    def decode(self, content: bytes, final: bool = False) -> str:  # type: ignore[override]
        return codecs.charmap_decode(content, self.errors, _table())[0]


def _mazovia(name: str) -> codecs.CodecInfo | None:
    if name != "mazovia":
        return None
    encode: Callable = lambda text, errors="strict": codecs.charmap_encode(  # noqa: E731
        text, errors, codecs.charmap_build(_table())
    )
    decode: Callable = lambda content, errors="strict": codecs.charmap_decode(  # noqa: E731
        content, errors, _table()
    )
    return codecs.CodecInfo(encode, decode, incrementaldecoder=_Decoder, name=name)


codecs.register(_mazovia)
