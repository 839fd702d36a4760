"""E-mail addresses as people type them."""

from email_validator import EmailNotValidError, validate_email


def normal(typed: str) -> str:
    """The address with a lower-case domain and composed letters; empty when it is not one."""
    try:
        return validate_email((typed or "").strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return ""


def same_key(address: str) -> str:
    """What two spellings of one mailbox share: the whole address in lower case."""
    return address.casefold()
