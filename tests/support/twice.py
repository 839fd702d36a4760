"""Forms of two steps (web.ui.looked): look at what would change, then do it."""

from django.http import HttpResponse
from django.test import Client as Browser


def twice(browser: Browser, url: str, typed: dict[str, str]) -> HttpResponse:
    """The answer to the second step, or to the first where it refused."""
    first = browser.post(url, typed)
    if first.status_code != 200:
        return first
    return browser.post(url, typed | {"seen": first.context["form"].seal})
