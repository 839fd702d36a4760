"""Who someone is: clients and recommended people alike are parties."""

from django.db import models

from polecam.kit import names
from polecam.store import crypto
from polecam.store.fields import Sealed, SealedField, public_id


class Party(models.Model):
    """A person or firm. Names are searchable by key; phone and e-mail are ciphertext + HMAC.

    `phone_index` may stand without a sealed number: an imported, not yet consented person.
    """

    public_id = public_id()
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=1, default="n")
    name_key = models.CharField(max_length=150, blank=True)
    name_key2 = models.CharField(max_length=150, blank=True)
    phone_sealed = SealedField(blank=True)
    phone_index = models.CharField(max_length=40, blank=True)
    email_sealed = SealedField(blank=True)
    email_index = models.CharField(max_length=40, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    phone = Sealed("phone_sealed")
    email = Sealed("email_sealed")

    DATA = {
        "public_id": "id",
        "first_name": "personal",
        "last_name": "personal",
        "form": "personal",
        "name_key": "personal",
        "name_key2": "personal",
        "phone_sealed": "contact",
        "phone_index": "contact",
        "email_sealed": "contact",
        "email_index": "contact",
        "nonce": "secret",
        "created_at": "date",
        "erased_at": "date",
    }

    class Meta:
        indexes = [
            models.Index(fields=["name_key"], name="party_name"),
            models.Index(fields=["name_key2"], name="party_name2"),
            # whole, not partial: SQLite uses a partial one only if the query repeats its condition
            models.Index(fields=["phone_index"], name="party_phone"),
            models.Index(fields=["email_index"], name="party_email"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def set_name(self, first: str, last: str) -> None:
        """Set the name and its search keys."""
        self.first_name, self.last_name = first, last
        self.name_key, self.name_key2 = names.keys(first, last)

    def set_phone(self, number: str) -> None:
        """Seal an E.164 number and index it; empty clears both."""
        self.phone = number
        self.phone_index = crypto.phone_index(number)

    def set_email(self, address: str) -> None:
        """Seal an address and index it; empty clears both."""
        self.email = address
        self.email_index = crypto.email_index(address)
