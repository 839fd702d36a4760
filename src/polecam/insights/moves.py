"""Where it is the reader's move: asked on every opening of My referrals, so in plain SQL."""

from datetime import datetime

from django.db import connection

from polecam.kit.periods import day_bounds, day_of
from polecam.people.models import Person

KEYS = """
SELECT r.id FROM claims_claim c JOIN referrals_referral r ON r.id = c.referral_id
WHERE c.holder_id = %s AND c.ended_at IS NULL AND c.until > %s
AND r.state IN ('consented', 'contacted', 'meeting')
AND (r.next_step_at IS NULL OR r.next_step_at < %s)
AND NOT (r.state = 'consented' AND r.preferred_day IS NOT NULL AND r.preferred_day > %s)
AND NOT EXISTS (SELECT 1 FROM referrals_meeting m WHERE m.referral_id = r.id
AND m.held_at IS NULL AND m.missed_at IS NULL AND m.at > %s)
"""


def keys(person: Person, *, at: datetime, zone: str) -> list[int]:
    """Referrals (keys) the person holds whose next step is today or overdue, or not planned at all.

    A meeting ahead is planned; so is a call on a later day that the friend chose.
    """
    today = day_of(at, zone)
    tonight = day_bounds(today, zone)[1]
    instant = connection.ops.adapt_datetimefield_value
    asked = [
        person.pk,
        instant(at),
        instant(tonight),
        connection.ops.adapt_datefield_value(today),
        instant(at),
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEYS, asked)
        return [key for (key,) in cursor.fetchall()]
