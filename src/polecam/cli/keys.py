"""Fresh secrets for a production environment; needs no settings, so it comes before Django."""

import secrets

NAMES = (
    "POLECAM_SECRET_KEY",
    "POLECAM_INDEX_KEY",
    "POLECAM_CONTACT_KEYS",
    "POLECAM_SIGNING_KEYS",
    "POLECAM_BACKUP_KEY",
)


def show() -> int:
    """Print one line for each secret, ready for an environment file."""
    for name in NAMES:
        prefix = "1:" if name == "POLECAM_CONTACT_KEYS" else ""
        print(f"{name}={prefix}{secrets.token_urlsafe(48)}")
    return 0
