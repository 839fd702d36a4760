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


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("to=anna.nowak@o.pl, (b@c.pl)", "to=…, (…)"),
        ("/p?e=q@w.pl", "/p?e=…"),
        ("a@b@c.de", "a@…"),
        ("a" * 1_000_000, "a" * 1_000_000),  # took hours when a word was looked through anew
    ],
)
def test_an_address_never_reaches_a_log_and_a_long_line_costs_its_length(said, left):
    line = logging.LogRecord("django.request", 30, "", 0, said, (), None)
    WithoutTokens().filter(line)
    assert line.getMessage() == left
