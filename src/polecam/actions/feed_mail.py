"""A letter to the keeper of a nightly file: it waits for a human, or it could not be fetched."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from polecam.actions.staff_mail import send_to_staff
from polecam.imports.feed_queries import keeper
from polecam.imports.feed_words import why
from polecam.imports.models import Feed
from polecam.journal.models import Event
from polecam.messages.models import Message
from polecam.messages.texts_staff import FEED


def tell_of_feed(*, event: Event, at: datetime) -> Message | None:
    """Mail whoever keeps the feed that `event` (feed.held, feed.failed) is about, once.

    None when it is closed, or nobody keeps it any more.
    """
    feed = Feed.objects.select_related("made_by").filter(public_id=event.subject).first()
    if feed is None or feed.closed_at is not None:
        return None
    person = keeper(feed)
    if person is None:
        return None
    with translation.override(person.language):
        said = why(str(event.data.get("why", "")))
    url = f"{settings.BASE_URL}/feeds/{feed.public_id}/"
    facts = {"name": feed.name, "why": said, "url": url}
    return send_to_staff(event=event, kind=FEED, person=person, facts=facts, at=at)
