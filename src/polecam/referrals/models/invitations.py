"""A client's own page, and the invitations they pass on."""

from django.db import models

from polecam.asking.models import Ask
from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class Card(models.Model):
    """A client's own page: their invitations, their thanks, everything about them. No login.

    The token is HMAC(key, public_id, version): a higher version revokes every older link, and
    `renewed_at` says since when. `revoked_at`: the client closed the page. `words`: the client's
    own text for every link of theirs, without a friend's name; "" = the house's.
    """

    public_id = public_id()
    version = models.PositiveSmallIntegerField(default=1)
    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    language = models.CharField(max_length=2, default="pl")
    words = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "version": "number",
        "client": "id",
        "seller": "id",
        "branch": "id",
        "language": "enum",
        "words": "personal",
        "made_at": "date",
        "expires_at": "date",
        "renewed_at": "date",
        "revoked_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "seller"],
                condition=models.Q(revoked_at=None),
                name="one_card_of_a_client",
            )
        ]


class Invitation(models.Model):
    """A personal link / QR that the client passes on; the token is HMAC(key, public_id, version).

    `reusable` (will pass on, QR): each consent through it creates a referral. `shown_by_seller`:
    a QR held up by the seller does not name the client. `taken_at`: the client's own POST that
    takes the link along; opening a link is never recorded. `passed_at`: the client's own note, on
    their card, that somebody has it. `revoked_at`: the client took it back, and nothing can be
    answered through it any more. The row outlives its referral, without any name, so that a late
    "yes" restores authorship and plan version.
    """

    public_id = public_id()
    version = models.PositiveSmallIntegerField(default=1)
    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    card = models.ForeignKey(Card, null=True, on_delete=models.SET_NULL)
    ask = models.ForeignKey(Ask, null=True, on_delete=models.SET_NULL)
    reusable = models.BooleanField(default=False)
    shown_by_seller = models.BooleanField(default=False)
    walk_in = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="pl")
    words = models.CharField(max_length=400, blank=True)
    plan_version_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "version": "number",
        "client": "id",
        "seller": "id",
        "branch": "id",
        "card": "id",
        "ask": "id",
        "reusable": "enum",
        "shown_by_seller": "enum",
        "walk_in": "enum",
        "language": "enum",
        "words": "personal",
        "plan_version_id": "id",
        "created_at": "date",
        "expires_at": "date",
        "taken_at": "date",
        "passed_at": "date",
        "revoked_at": "date",
        "expired_at": "date",
    }

    class Meta:
        indexes = [models.Index(fields=["seller", "created_at"], name="invitation_seller")]
