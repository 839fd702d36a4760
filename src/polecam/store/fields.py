"""Column types shared by the rooms."""

import secrets
from typing import overload

from django.db import models

from polecam.store import crypto

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    """15 characters of 31 (74 bits): random, no look-alikes, fit for a URL or a telephone."""
    number, letters = int.from_bytes(secrets.token_bytes(16)), []
    for _ in range(15):
        number, letter = divmod(number, 31)
        letters.append(ALPHABET[letter])
    return "".join(letters)


def public_id() -> models.CharField:
    """The id that leaves the house: in every URL, export and journal entry."""
    return models.CharField(max_length=15, unique=True, default=new_public_id, editable=False)


class SealedField(models.TextField):
    """Text kept as ciphertext. Read and write it only through `Sealed`."""


class Sealed:
    """Plain-text door to a SealedField: `phone = Sealed("phone_sealed")`.

    Reading decrypts each time (1.7 us); nothing decrypted is kept on the row. The model needs a
    `public_id`, which binds the ciphertext to its row. Empty text is stored empty.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    def _place(self, row: models.Model) -> str:
        return f"{row._meta.label_lower}.{self.column}:{row.public_id}"  # type: ignore[attr-defined]

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed": ...
    @overload
    def __get__(self, row: models.Model, owner: type) -> str: ...
    def __get__(self, row: models.Model | None, owner: type) -> "str | Sealed":
        if row is None:
            return self
        sealed = getattr(row, self.column)
        return crypto.unseal(sealed, self._place(row)) if sealed else ""

    def sealed_for(self, model: type[models.Model], public_id: str, text: str) -> str:
        """The ciphertext for a row that is written without being made (bulk inserts)."""
        place = f"{model._meta.label_lower}.{self.column}:{public_id}"
        return crypto.seal(text, place) if text else ""

    def __set__(self, row: models.Model, text: str) -> None:
        setattr(row, self.column, crypto.seal(text, self._place(row)) if text else "")
