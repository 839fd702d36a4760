"""Logs carry no key of a public link, nor of a forgotten password."""

import logging

import pytest

from polecam.web.logs import WithoutTokens

SECRET = "abc123-Zm9vYmFyYmF6cXV4eA"


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{page}/{SECRET}/" for page in ("z", "k", "c", "f", "welcome")),
        f"/z/{SECRET}/decline/",
        f"/password/cGVyc29u/{SECRET}/",
    ],
)
def test_a_token_never_reaches_a_log(path):
    line = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (path,), None)
    assert WithoutTokens().filter(line)
    assert SECRET not in line.getMessage()
