"""Templates keep the Content-Security-Policy, speak both languages, and protect their forms."""

import re

import pytest

from tests.house.law import PACKAGE, ROOT, templates
from tools.template_text import complaints

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "a handler that htmx evaluates": r"<[^>]*\s(?:data-)?hx-on[:\-a-z]*\s*=",
    "an expression that htmx evaluates": r"\bhx-(?:vals|vars|headers)\s*=\s*[\"']js:",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline style sheet": r"<style\b",
    "a script in a link": r"javascript:",
    "something from another host": r"\s(?:src|action|data-src)\s*=\s*[\"'](?:https?:)?//",
    "a filter that trusts text": r"\|\s*safe\b|{%\s*autoescape off",
}
POST_FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
        for path in templates()
        for text in [path.read_text(encoding="utf-8")]
        for match in pattern.finditer(text)
    ]
    assert not found


def test_every_text_is_translated():
    assert not complaints(PACKAGE)


SENT_AGAIN = {"503.html"}
"""Made without a session: the token is among what was typed, and goes along as it was."""


def test_every_post_form_has_its_token():
    found = [
        f"{path.relative_to(ROOT)}"
        for path in templates()
        for form in POST_FORM.findall(path.read_text(encoding="utf-8"))
        if "csrf_token" not in form and path.name not in SENT_AGAIN
    ]
    assert not found
