"""Nobody reads a number or an address without claim, consent and proof (invariant 15)."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import claims, privacy
from polecam.claims.contact import reveal
from polecam.kit.errors import NotAllowed, Refused
from polecam.privacy.models import Consent
from tests.house.law import PACKAGE, ROOT, templates
from tests.privacy.friend import EMAIL, PHONE, answer, capture, waiting

MINUTE = timedelta(minutes=1)
CHANNELS = ["phone", "sms", "email", "visit"]


@given(
    agreed=st.sets(st.sampled_from(CHANNELS), min_size=1),
    proven=st.sets(st.sampled_from(["phone", "email"])),
    withdrawn=st.sampled_from(["", *CHANNELS]),
    ended=st.booleans(),
    late=st.booleans(),
    asked=st.sampled_from(CHANNELS),
    who=st.sampled_from(["marta", "kamil", "tomek", "irena", "ada"]),
)
def test_only_the_holder_and_only_the_proven_channel(
    anna, people, at, agreed, proven, withdrawn, ended, late, asked, who
):
    from django.db import transaction

    with transaction.atomic():
        referral = capture(anna, people["marta"], at)
        answer(referral.invitation, at, channels=sorted(agreed), preferred=min(agreed))
        for consent in waiting(referral):
            if consent.channel in proven or (consent.channel == "sms" and "phone" in proven):
                privacy.confirm(consent=consent, at=at + MINUTE)
        if withdrawn:
            privacy.withdraw(consent=Consent.objects.first(), at=at, channel=withdrawn)
        if ended:
            claims.end(referral, at=at + MINUTE, reason="lost")
        when = at + (timedelta(days=200) if late else 2 * MINUTE)
        number = asked in ("phone", "sms")
        open_ = (
            who == "marta"
            and asked in agreed
            and asked != "visit"
            and ("phone" if number else "email") in proven
            and asked != withdrawn
            and not ended
            and not late
        )
        try:
            seen = reveal(people[who], referral, asked, when)
        except (NotAllowed, Refused):
            assert not open_
        else:
            assert open_
            assert seen == (PHONE if number else EMAIL)
        transaction.set_rollback(True)


@pytest.fixture
def people(marta, kamil, tomek, irena, ada):
    return {"marta": marta, "kamil": kamil, "tomek": tomek, "irena": irena, "ada": ada}


def test_no_page_opens_contact_data_by_itself():
    """Templates and views go through claims.contact."""
    pattern = re.compile(r"party\.(?:phone|email)\b|(?:phone|email)_sealed")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in [*templates(), *PACKAGE.glob("web/**/*.py"), *PACKAGE.glob("insights/**/*.py")]
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
        if path.name != "register.py"  # names the columns, opens none
    ]
    assert not found
