"""Pieces of SQL that suit both databases: named SELECTs, the one rounding, random ids."""

from dataclasses import dataclass

from polecam.kit.money import WHOLE_BP


@dataclass(frozen=True)
class Query:
    """A SELECT with its parameters, and the named ones before it that it reads from.

    Named, not nested: SQLite's parser takes no more than a hundred levels.
    """

    sql: str
    params: tuple[int | str, ...] = ()
    before: tuple[tuple[str, str, tuple], ...] = ()

    def then(self, name: str, sql: str, params: tuple = (), **others: "Query") -> "Query":
        """The next SELECT, which reads this one as `name` and `others` by their own names."""
        before = list(self.before)
        for other, query in others.items():
            before += [*query.before, (other, query.sql, query.params)]
        return Query(sql, params, (*before, (name, self.sql, self.params)))

    @property
    def text(self) -> str:
        """The whole statement."""
        if not self.before:
            return self.sql
        named = ", ".join(f"{name} AS {_kept(name, sql)}({sql})" for name, sql, _ in self.before)
        return f"WITH {named} {self.sql}"

    @property
    def values(self) -> tuple[int | str, ...]:
        """Its parameters, in the order of the text."""
        return (*(value for _, _, params in self.before for value in params), *self.params)


def _kept(name: str, sql: str) -> str:
    """A list of values is kept as a table: SQLite makes an index over that by itself. So is what is
    read more than once (`compared`): else its subqueries are planned and run for each reading."""
    return "MATERIALIZED " if sql.startswith("VALUES") or name == "compared" else ""


def half_up(numerator: str, denominator: int) -> str:
    """kit.money.half_up as an expression."""
    double = 2 * denominator
    return (
        f"CASE WHEN {numerator} < 0 THEN (2 * {numerator} - {denominator}) / {double}"
        f" ELSE (2 * {numerator} + {denominator}) / {double} END"
    )


def part_of(whole: str, alias: str) -> str:
    """kit.money.part_of as an expression: the seller's part of `whole`."""
    start = f"CAST({alias}.share_offset_bp AS bigint)"
    end = half_up(f"{whole} * ({start} + {alias}.share_bp)", WHOLE_BP)
    return (
        f"CASE WHEN {alias}.share_bp = {WHOLE_BP} THEN {whole}"
        f" ELSE ({end}) - ({half_up(f'{whole} * {start}', WHOLE_BP)}) END"
    )


def public_id(vendor: str) -> str:
    """60 random bits in the alphabet of store.fields: hex, with 0 and 1 written g and h."""
    if vendor == "postgresql":
        # The 13th and 17th digit of a random UUID say its version; the first is left out.
        digits = (
            "overlay(replace(CAST(gen_random_uuid() AS text), '-', '') placing '' from 13 for 1)"
        )
    else:
        digits = "lower(hex(randomblob(8)))"
    return f"replace(replace(substr({digits}, 1, 15), '0', 'g'), '1', 'h')"
