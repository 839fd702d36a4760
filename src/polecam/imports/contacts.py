"""Telephone numbers and addresses out of a cell that may hold several, with words between. Pure.

`600 100 200, 12 345 67 89; w. 5` is a mobile number, a landline and an extension. The one to use
comes first: a mobile number, else the first that is a number at all.
"""

import re

from polecam.kit import emails as addresses
from polecam.kit import phones as numbers

MOBILE = re.compile(r"^\+48(?:45|5[01379]|6[069]|7[2389]|88)")
BETWEEN = re.compile(r":::|[;,|/\n]|\b(?:oraz|lub|albo|i|or|and)\b")
EXTENSION = re.compile(r"(?:\b(?:w|wew|wewn|ext|x)\b\.?|#)\s*:?\s*\d{1,6}\b", re.IGNORECASE)
NUMBER = re.compile(r"\+?\(?\d[\d\s().\u00a0\u202f-]{5,}\d")
ROUNDED = re.compile(r"^(\d)[.,]?(\d*)[eE]\+?(\d{1,2})$")
ADDRESS = re.compile(r"[^\s<>;,|()\"]+@[^\s<>;,|()\"]+")
LONGEST = 200


class Rounded(ValueError):
    """A spreadsheet took the number for an amount and lost its last digits: 4.86E+10."""


def phones(said: str) -> list[str]:
    """Every number in E.164, the one to use first. Raises Rounded."""
    said = _as_digits(said[:LONGEST])
    if number := _whole(said):
        return [number]
    found: dict[str, None] = {}
    for part in BETWEEN.split(EXTENSION.sub(" ", said)):
        for match in NUMBER.findall(part):
            found.update(dict.fromkeys(_one_or_two(match)))
    return sorted(found, key=lambda number: not MOBILE.match(number))


def _as_digits(said: str) -> str:
    if re.fullmatch(r"\d+[.,]0", said):
        return said[:-2]
    if match := ROUNDED.match(said):
        first, rest, power = match.groups()
        if len(rest.rstrip("0")) > int(power) or len(rest) < min(int(power), 9) - 1:
            raise Rounded
        return (first + rest).ljust(int(power) + 1, "0")
    return said


def _whole(said: str) -> str:
    """The cell as one number, whatever stands between its digits."""
    digits = sum(map(str.isdigit, said))
    if not 9 <= digits <= 15 or any(map(str.isalpha, said)):
        return ""
    return _e164(re.sub(r"[,/]", " ", said)[:40])


def _e164(said: str) -> str:
    squeezed = re.sub(r"\D", "", said)
    if len(squeezed) == 10 and squeezed[0] == "0":  # the trunk zero of the old days
        return numbers.e164(squeezed[1:])
    return numbers.e164(said)


def _one_or_two(match: str) -> list[str]:
    if number := _e164(match[:40]):
        return [number]
    digits = re.sub(r"\D", "", match)
    halves = [_e164(digits[:9]), _e164(digits[9:])] if len(digits) == 18 else []
    return halves if all(halves) else []


def emails(said: str) -> list[str]:
    """Every address of a cell with several, in order."""
    found = ADDRESS.findall(said.replace(":::", " ")[:1000])
    normal = [addresses.normal(one.removeprefix("mailto:").rstrip(".")) for one in found]
    return list(dict.fromkeys(one for one in normal if one))
