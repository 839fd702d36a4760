"""A vault of its own for every test."""

import pytest


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    """Nothing of another test lies there."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
