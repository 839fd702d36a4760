"""The flush between transactional tests empties append-only tables, and their guards come back."""

import pytest
from django.db import DatabaseError

from polecam.journal.models import Event
from polecam.store import triggers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("round_", [1, 2])
def test_events_are_gone_and_guards_are_back(round_, at):
    assert not triggers.missing()
    assert not Event.objects.exists()
    Event.objects.create(kind="ask.made", subject_type="ask", subject="x", at=at, recorded_at=at)
    with pytest.raises(DatabaseError):
        Event.objects.update(kind="ask.undone")
    with pytest.raises(DatabaseError):
        Event.objects.all().delete()
