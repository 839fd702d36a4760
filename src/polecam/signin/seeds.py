"""How a seed gets into an authenticator app: as a QR code's address, or typed by hand."""

import pyotp

from polecam.signin.models import Factor
from polecam.signin.rules import STEP


def uri(factor: Factor, firm: str) -> str:
    """The address in the QR code (otpauth), under the firm's name."""
    made = pyotp.TOTP(factor.secret, interval=STEP)
    return made.provisioning_uri(name=factor.person.email, issuer_name=f"Polecam {firm}")


def typed(factor: Factor) -> str:
    """The seed in groups of four, to be typed."""
    seed = factor.secret
    return " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))
