"""Telephone numbers as people type them, kept as E.164."""

import re

import phonenumbers

POLISH_MOBILE = re.compile(r"^(?:\+48|0048|48)?([4-8]\d{8})$")
"""Nine digits that need no library: 70 us a number matter over 100,000 imported rows."""


def e164(typed: str, region: str = "PL") -> str:
    """`601 673 417` -> `+48601673417`; empty when it is no valid number of `region` or abroad."""
    squeezed = re.sub(r"[\s\-().\u00a0\u202f]", "", typed or "")
    if not squeezed:
        return ""
    if region == "PL" and (match := POLISH_MOBILE.match(squeezed)):
        return "+48" + match[1]
    try:
        number = phonenumbers.parse(squeezed, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken(number: str) -> str:
    """`+48601673417` -> `601 673 417` at home, international form elsewhere."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if parsed.country_code == 48
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)
