"""E-mail addresses as people type them."""

from email_validator import EmailNotValidError, validate_email

LONGEST_LOCAL = 64
"""Characters before the @, quotes included (RFC 5321, 4.5.3.1.1)."""


def normal(typed: str) -> str:
    """The address with a lower-case domain and composed letters; empty when it is not one.

    Spaces around it are no part of it. What differs from the standards, and why: docs/emails.md.
    """
    try:
        found = validate_email(
            (typed or "").strip(), check_deliverability=False, allow_quoted_local=True, strict=True
        )
    except EmailNotValidError:
        return ""
    return found.normalized if len(found.local_part) <= LONGEST_LOCAL else ""


def same_key(address: str) -> str:
    """What two spellings of one mailbox share: the whole address in lower case."""
    return address.casefold()
