"""The journal is sealed day by day; a planted change is found and named, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from polecam.actions import journal as actions
from polecam.insights.proofs import prove
from polecam.journal import verify
from polecam.journal.models import Event, Seal
from polecam.journal.record import record
from polecam.organisation.models import Organisation
from polecam.store import triggers
from polecam.store.clock import injected

pytestmark = pytest.mark.django_db

ZONE = "Europe/Warsaw"
START = datetime(2026, 9, 1, 8, tzinfo=UTC)
NOW = START + timedelta(days=4)


@pytest.fixture
def lived(branch):
    """Three days: five events, none, two events; the firm begins on the first."""
    with injected():
        for hour in (0, 1, 2, 12, 13):
            record("branch.created", branch, by=None, at=START + timedelta(hours=hour))
        for hour in (48, 49):
            record("branch.created", branch, by=None, at=START + timedelta(hours=hour))
    Organisation.objects.update(created_at=START)
    return list(Event.objects.order_by("id"))


def problems() -> list[str]:
    return list(verify.problems(ZONE, NOW))


def plant(statement: str, *values: object) -> None:
    """Change a row as someone with the database's password would."""
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount
    triggers.install()


def test_each_day_that_is_over_gets_a_seal_and_only_once(lived):
    actions.seal_due(at=NOW)
    seals = list(Seal.objects.order_by("day"))
    assert [str(s.day) for s in seals] == ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"]
    assert [s.events for s in seals] == [5, 0, 2, 0]
    assert [s.previous for s in seals] == ["", *(s.digest for s in seals[:-1])]
    assert actions.seal_due(at=NOW) == []
    assert problems() == []


def test_a_day_ends_in_the_zone_of_the_firm(lived):
    """Midnight of 2 September in Warsaw is 22:00 UTC of the 1st."""
    before = datetime(2026, 9, 1, 21, 59, tzinfo=UTC)
    assert actions.seal_due(at=before) == []
    assert len(actions.seal_due(at=before + timedelta(minutes=1))) == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [("by_id", 7), ("kind", "referral.captured"), ("subject", "x"), ("data", "{}")],
)
def test_a_changed_event_is_named(lived, column, value):
    with injected():
        record("branch.created", Subject(), by=None, at=START, data={"n": 1})
    actions.seal_due(at=NOW)
    event = Event.objects.order_by("-id").first()
    plant(f"UPDATE journal_event SET {column} = %s WHERE id = %s", value, event.pk)
    assert problems()[0] == f"event {event.pk}: it was changed after sealing"


class Subject:
    """Something with a public id."""

    public_id = "abcdefghjkmnpqr"

    class _meta:  # noqa: N801 - as Django names it
        model_name = "branch"


def test_a_deleted_event_is_named(lived):
    actions.seal_due(at=NOW)
    plant("DELETE FROM journal_event WHERE id = %s", lived[1].pk)
    assert problems()[0] == f"event {lived[1].pk}: it was deleted after sealing"


def test_a_changed_seal_is_named(lived):
    actions.seal_due(at=NOW)
    plant("UPDATE journal_seal SET root = %s WHERE day = %s", "0" * 64, "2026-09-03")
    assert problems()[0].startswith("seal of 2026-09-03: it was changed")


def test_a_missing_seal_is_named(lived):
    actions.seal_due(at=NOW)
    plant("DELETE FROM journal_seal WHERE day = %s", "2026-09-02")
    assert "seal of 2026-09-02: missing" in problems()


def test_whoever_reseals_history_breaks_the_chain(lived):
    """A forger who recomputes one day's seal no longer fits the next day."""
    from polecam.journal.proof import root, seal_digest
    from polecam.journal.seals import leaves_between, pack

    actions.seal_due(at=NOW)
    plant("UPDATE journal_event SET by_id = 9 WHERE id = %s", lived[0].pk)
    seal = Seal.objects.get(day="2026-09-01")
    leaves = list(leaves_between(seal.first_event_id, seal.last_event_id))
    forged = root([digest for _id, digest in leaves]).hex()
    digest = seal_digest(
        seal.day, seal.first_event_id, seal.last_event_id, seal.events, forged, seal.previous
    )
    plant(
        "UPDATE journal_seal SET root = %s, digest = %s, leaves = %s WHERE id = %s",
        forged, digest, pack(leaves), seal.pk,
    )  # fmt: skip
    assert problems() == ["seal of 2026-09-02: it does not follow the seal before it"]


def test_a_worker_that_never_seals_is_noticed(lived):
    assert "seal of 2026-09-01: missing" in problems()[0]


@pytest.mark.sqlite
def test_an_unsealed_event_that_vanished_is_named(lived):
    plant("DELETE FROM journal_event WHERE id = %s", lived[6].pk)
    assert f"event {lived[6].pk}: missing from the journal" in problems()


def test_a_lost_trigger_is_named(lived):
    where = " ON journal_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER journal_event_append_only_update{where}")
    (guards,) = (proof for proof in prove(NOW) if proof.name == "guards")
    assert guards.problems == ["trigger journal_event_append_only_update: missing"]
    triggers.install()
