"""Amounts in refusals of this room, for both languages."""


def amount(grosze: int) -> str:
    """`100,50`: złoty, without the unit."""
    sign = "-" if grosze < 0 else ""
    return f"{sign}{abs(grosze) // 100},{abs(grosze) % 100:02}"
