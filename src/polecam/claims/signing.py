"""The keys of this installation."""

from functools import lru_cache

from django.conf import settings

from polecam.claims.slip_keys import Keys, keys


def of_the_house() -> Keys:
    """The key that signs now, and all that this house ever signed with. Raises ValueError."""
    return _read(tuple(settings.SIGNING_KEYS))


@lru_cache(maxsize=4)
def _read(secrets: tuple[str, ...]) -> Keys:
    return keys(secrets)
