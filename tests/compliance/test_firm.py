"""Rows of docs/compliance.md about the firm's own proof."""

import ast
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from polecam.actions import balancing, parameters
from polecam.actions.journal import seal_due
from polecam.insights.proofs import prove
from polecam.journal.models import Event, Seal
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.queries import in_force
from polecam.store import triggers
from tests.house.law import ROOT
from tests.law.test_pages import SAID

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_c24_everybody_can_use_every_page():
    """The browser walk looks at every address with axe, in both themes and languages."""
    text = (ROOT / "tests/browser/test_every_page.py").read_text(encoding="utf-8")
    tests = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
    assert "test_every_page" in tests
    assert "axe(page)" in text
    assert "every_address()" in text
    looks = (ROOT / "tests/support/browser.py").read_text(encoding="utf-8")
    for needed in ('"light"', '"dark"', '"pl"', '"en"', "wcag22aa"):
        assert needed in looks, needed


def test_c31_figures_say_where_from(firm, ada, at):
    with pytest.raises(Refused):
        parameters.set_parameter(by=ada, at=at, key="hour_cost_grosze", value=7_000, source="")
    parameters.set_parameter(by=ada, at=at, key="hour_cost_grosze", value=7_000, source="Kadry")
    row = in_force(at)["hour_cost_grosze"]
    assert (row.value, row.why, row.set_by_id) == (7_000, "Kadry", ada.pk)


def test_c35_campaign_is_weighed(irena, ada, at):
    test = balancing.write(by=ada, at=at, **SAID)
    review = (at + 90 * DAY).date()
    with pytest.raises(NotAllowed):
        balancing.sign(by=ada, at=at, test=test, passes=True, review_on=review)
    signed = balancing.sign(by=irena, at=at, test=test, passes=True, review_on=review)
    assert (signed.signed_by, signed.passes, signed.review_on) == (irena, True, review)
    with pytest.raises(Refused, match="balancing_signed"):
        balancing.sign(by=irena, at=at, test=test, passes=False, review_on=review)


def test_c36_nobody_rewrites(firm, anna, marta, at):
    from polecam.actions import asks

    asks.record(by=marta, at=at, client=anna, key="a")
    assert triggers.missing() == set()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(by_id=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()
    seal_due(at=at + 2 * DAY)
    assert Seal.objects.exists()
    assert not [p for proof in prove(at + 2 * DAY) for p in proof.problems]
