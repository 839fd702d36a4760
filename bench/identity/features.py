"""What two rows about historical people have in common, as numbers; NaN = not known.

Every column is symmetric. Rarity (log of rows / bearers) is counted in the file that is linked.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property

import numpy as np
import scipy.sparse as sparse
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from bench.identity.candidates import grams
from bench.identity.data import Records

TITLES = frozenset(
    "sir lord lady rev reverend dr captain colonel major general baron baronet earl viscount dame "
    "professor mr mrs the of de von van st 1st 2nd 3rd 4th".split()
)
Scorer = Callable[..., float]
ALIKE = 0.7
"""Jaro-Winkler similarity from which two words may be one."""
ALIGNED = "exact rarest fuzzy fuzzies worst initials left_least left_most".split()


def tokens(records: Records, row: int) -> dict[str, float]:
    """What finds a row's candidates, with weights."""
    found = {}
    for word in records["full_name"][row].split():
        found[f"name:{word}"] = 0.6
        found[f"initial:{word[0]}"] = 0.5
        if len(word) > 2:
            found.update({f"piece:{piece}": 0.25 for piece in grams(word)})
    if born := records["dob"][row]:
        year, month, day = born[:4], born[5:7], born[8:]
        found |= {f"born:{born}": 0.4, f"year:{year}": 0.6}
        found |= {f"{month}-{day}": 0.3, f"{year}-{month}": 0.3, f"{year}--{day}": 0.3}
        found |= {f"year:{year[:at]}?{year[at + 1 :]}{born[4:]}": 0.3 for at in range(4)}
    if code := records["postcode_fake"][row]:
        found |= {f"post:{code}": 0.6, f"district:{code.split()[0]}": 0.6}
    if place := records["birth_place"][row]:
        found |= {f"place:{place}": 0.8}
        found |= {f"place word:{word}": 0.3 for word in place.split()}
    if work := records["occupation"][row]:
        found[f"work:{work}"] = 0.8
    return found


class Described:
    """A file with what is counted once for all of its pairs."""

    def __init__(self, records: Records) -> None:
        self.records = records
        names = [name.split() for name in records["full_name"]]
        self.words = [[word for word in name if word not in TITLES] or name for name in names]
        bearers = Counter(word for name in names for word in set(name))
        self.rarity = {word: np.log(len(records) / count) for word, count in bearers.items()}
        self.joined = [" ".join(name) for name in self.words]
        self.first = [name[0] if name else "" for name in self.words]
        self.last = [name[-1] if name else "" for name in self.words]
        self.district = [code.split(" ")[0] for code in records["postcode_fake"]]
        self.area = [re.match("[a-z]*", code)[0] for code in self.district]

    def common(self, column: list[str]) -> np.ndarray:
        """By row, log(rows / bearers) of its value; NaN where not known."""
        bearers = Counter(column)
        return np.array(
            [np.log(len(column) / bearers[value]) if value else np.nan for value in column]
        )

    @cached_property
    def places(self) -> sparse.csr_matrix:
        """Birth places by the districts and areas seen with them, each row of length one."""
        counts = sparse.hstack(
            [self._together(self.district)[0], self._together(self.area)[0]]
        ).tocsr()
        length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
        return sparse.diags(1 / np.maximum(length, 1e-9)) @ counts

    def _together(self, column: list[str]) -> tuple[sparse.csr_matrix, np.ndarray]:
        """How often a place stands in one row with a value; the number of each row's value."""
        values, number = np.unique(column, return_inverse=True)
        known = np.array([value != "" for value in column]) & self.has_place
        counts = sparse.csr_matrix(
            (np.ones(known.sum()), (self.place[known], number[known])),
            shape=(self.place.max() + 1, len(values)),
        )
        return counts, number

    @cached_property
    def place(self) -> np.ndarray:
        """Number of each row's birth place."""
        return np.unique(self.records["birth_place"], return_inverse=True)[1]

    @cached_property
    def has_place(self) -> np.ndarray:
        """Rows with a birth place."""
        return np.array([place != "" for place in self.records["birth_place"]])

    def lift(
        self, column: list[str], smooth: float, ones: np.ndarray, others: np.ndarray
    ) -> np.ndarray:
        """How much oftener than by chance the place of one row goes with the other's value."""
        counts, number = self._together(column)
        borne = np.bincount(number)
        by_chance = np.bincount(self.place)[self.place[ones]] * borne[number[others]]
        seen = np.asarray(counts[self.place[ones], number[others]]).ravel()
        lift = np.log((seen + smooth) / (by_chance / len(number) + smooth))
        known = self.has_place[ones] & (np.array(column, object)[others] != "")
        return np.where(known, lift, np.nan)


def features(records: Records, pairs: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """A row of numbers for each pair."""
    described = Described(records)
    columns = {
        **_names(described, pairs),
        **_dates(described, pairs),
        **_places(described, pairs),
        **_rest(described, pairs),
        "shared": shared,
    }
    return np.stack([np.asarray(column, np.float32) for column in columns.values()], axis=1)


def _compare(one: list[str], other: list[str], pairs: np.ndarray, scorer: Scorer) -> np.ndarray:
    ones, others = pairs.T.tolist()
    alike = process.cpdist([one[at] for at in ones], [other[at] for at in others], scorer=scorer)
    known = np.array([value != "" for value in one])[pairs[:, 0]]
    known &= np.array([value != "" for value in other])[pairs[:, 1]]
    return np.where(known, alike, np.nan)


def _names(of: Described, pairs: np.ndarray) -> dict[str, np.ndarray]:
    across = [
        _compare(one, other, pairs, JaroWinkler.similarity)
        for one, other in ((of.first, of.last), (of.last, of.first))
    ]
    lengths = np.array([len(words) for words in of.words])[pairs]
    aligned = np.array([align(of.words[a], of.words[b], of.rarity) for a, b in pairs.tolist()])
    return {
        "name set": _compare(of.joined, of.joined, pairs, fuzz.token_set_ratio),
        "name": _compare(of.joined, of.joined, pairs, fuzz.ratio),
        "first": _compare(of.first, of.first, pairs, JaroWinkler.similarity),
        "last": _compare(of.last, of.last, pairs, JaroWinkler.similarity),
        "across": np.fmax(*across),
        "words least": lengths.min(axis=1),
        "words most": lengths.max(axis=1),
        **dict(zip(ALIGNED, aligned.T, strict=True)),
    }


def align(one: list[str], other: list[str], rarity: dict[str, float]) -> tuple[float, ...]:
    """Words of two names laid side by side, in any order: see ALIGNED.

    Rarity of equal words (sum, most), of similar ones (sum weighted by similarity, number, worst
    similarity), initials that fit, and the rarity left over on either side (least, most).
    """
    if not one or not other:
        return (np.nan,) * len(ALIGNED)
    equal = list((Counter(one) & Counter(other)).elements())
    left = list((Counter(one) - Counter(other)).elements())
    right = list((Counter(other) - Counter(one)).elements())
    fuzzy, worst, fuzzies, initials = 0.0, 1.0, 0, 0
    for alike, a, b in _closest(left, right):
        if a not in left or b not in right:
            continue
        if len(a) > 1 and len(b) > 1:
            fuzzies += 1
            fuzzy += alike * min(rarity[a], rarity[b])
            worst = min(worst, alike)
        else:
            initials += 1
        left.remove(a)
        right.remove(b)
    over = sorted([sum(rarity[word] for word in left), sum(rarity[word] for word in right)])
    sure = [rarity[word] for word in equal]
    return (sum(sure), max(sure, default=0), fuzzy, fuzzies, worst, initials, *over)


def _closest(left: list[str], right: list[str]) -> list[tuple[float, str, str]]:
    found = []
    for a in left:
        for b in right:
            alike = JaroWinkler.similarity(a, b)
            if a[0] == b[0] if 1 in (len(a), len(b)) else alike >= ALIKE:
                found.append((alike, a, b))
    return sorted(found, key=lambda pair: (-pair[0], min(pair[1:]), max(pair[1:])))


def _dates(of: Described, pairs: np.ndarray) -> dict[str, np.ndarray]:
    born = of.records["dob"]
    digits = np.array([[ord(sign) for sign in day] if day else [0] * 10 for day in born])
    one, other = digits[pairs[:, 0]], digits[pairs[:, 1]]
    known = (one[:, 0] > 0) & (other[:, 0] > 0)
    years = (digits[:, :4] - ord("0")) @ [1000, 100, 10, 1]
    swapped = (one[:, 5:7] == other[:, 8:]).all(axis=1) & (one[:, 8:] == other[:, 5:7]).all(axis=1)
    no_day = np.array([day.endswith("-01-01") for day in born])
    found = {
        "digits": (one == other).sum(axis=1) - 2,
        "years": np.abs(years[pairs[:, 0]] - years[pairs[:, 1]]),
        "swapped": swapped,
        "no day": no_day[pairs].sum(axis=1),
        "common day": of.common(born)[pairs].min(axis=1),
    }
    slips = {"slips": _compare(born, born, pairs, OSA.distance)}
    return {name: np.where(known, column, np.nan) for name, column in found.items()} | slips


def _places(of: Described, pairs: np.ndarray) -> dict[str, np.ndarray]:
    ones, others = pairs.T
    place, code = of.records["birth_place"], of.records["postcode_fake"]
    near = np.asarray(of.places[of.place[ones]].multiply(of.places[of.place[others]]).sum(axis=1))
    known = of.has_place[ones] & of.has_place[others]
    lifts = [
        np.fmax(of.lift(of.district, 0.05, *way), of.lift(of.area, 0.2, *way))
        for way in ((ones, others), (others, ones))
    ]
    return {
        "place": _equal(of, place, pairs),
        "place letters": _compare(place, place, pairs, JaroWinkler.similarity),
        "place words": _compare(place, place, pairs, fuzz.token_set_ratio),
        "places near": np.where(known, near.ravel(), np.nan),
        "lift least": np.fmin(*lifts),
        "lift most": np.fmax(*lifts),
        "post": _equal(of, code, pairs),
        "district": _equal(of, of.district, pairs),
        "area": _equal(of, of.area, pairs),
        "post slips": _compare(code, code, pairs, OSA.distance),
    }


def _rest(of: Described, pairs: np.ndarray) -> dict[str, np.ndarray]:
    columns = [
        of.records[name] for name in "dob birth_place postcode_fake occupation gender".split()
    ]
    filled = np.array([[value != "" for value in column] for column in columns]).T
    return {
        "work": _equal(of, of.records["occupation"], pairs),
        "gender": _equal(of, of.records["gender"], pairs),
        "filled least": filled.sum(axis=1)[pairs].min(axis=1),
        "filled both": (filled[pairs[:, 0]] & filled[pairs[:, 1]]).sum(axis=1),
    }


def _equal(of: Described, column: list[str], pairs: np.ndarray) -> np.ndarray:
    """Rarity of the value if it is the same, 0 if it differs."""
    values = np.array(column, object)
    one, other = of.common(column)[pairs].T
    same = values[pairs[:, 0]] == values[pairs[:, 1]]
    return np.where(np.isnan(one + other), np.nan, np.where(same, one, 0))
