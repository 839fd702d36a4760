"""Marta's receipt of Piotr, whom Anna named."""

import pytest

from polecam.claims.models import Receipt
from polecam.referrals.models import Referral
from tests.receipts.support import bring, receipt_of


@pytest.fixture
def referral(marta, anna, plan, at) -> Referral:
    """Anna named Piotr to Marta."""
    return bring(marta, anna, at)


@pytest.fixture
def receipt(referral) -> Receipt:
    """What Marta got for it."""
    return receipt_of(referral)
