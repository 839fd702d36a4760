"""Pages in Chromium: fixtures for phone and desktop, signing in, axe, and a watch on the console.

    @pytest.mark.look(theme="dark", language="en")
    def test_today(phone, sign_in, axe, live_server):
        sign_in(phone, marta)
        phone.goto(live_server.url + "/")
        axe(phone)

Without the mark, theme and language rotate by the name of the test. Every page fails its test when
the console shows an error, a script breaks, the Content-Security-Policy is violated, or the server
answers 500; `watch.allow("404")` names what a test expects.
"""

import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules/axe-core/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
LOOKS = [("light", "pl"), ("dark", "en"), ("dark", "pl"), ("light", "en")]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REQUIRED = os.environ.get("CI") == "true"


@dataclass
class Watch:
    """What a page did wrong, and what the test expects of it."""

    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect a problem that matches this regular expression."""
        self.expected.append(pattern)

    def over(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", lambda said: self._console(said.type, said.text))
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("response", lambda answer: self._answer(answer.status, answer.url))

    def unexpected(self) -> list[str]:
        """The problems that no pattern allows."""
        return [
            problem
            for problem in self.problems
            if not any(re.search(pattern, problem) for pattern in self.expected)
        ]

    def _console(self, kind: str, text: str) -> None:
        if (
            kind == "error"
            or "Content Security Policy" in text
            or "Content-Security-Policy" in text
        ):
            self.problems.append(f"console: {text}")

    def _answer(self, status: int, url: str) -> None:
        if status >= 500:
            self.problems.append(f"server: {status} at {url}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver; started once, only when a test asks for a page."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The system's Chromium. Absent: a loud skip, in CI a failure."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        text = "no Chromium on this machine: pages were not tried in a browser"
        pytest.fail(text) if REQUIRED else pytest.skip(text)
    driver: Playwright = request.getfixturevalue("playwright")
    started = driver.chromium.launch(executable_path=found, headless=True, args=CHROMIUM_FLAGS)
    yield started
    started.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Theme and language: those of the mark `look`, else by the name of the test."""
    theme, language = LOOKS[zlib.crc32(request.node.nodeid.encode()) % len(LOOKS)]
    marker = request.node.get_closest_marker("look")
    asked = marker.kwargs if marker else {}
    return asked.get("theme", theme), asked.get("language", language)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test, at its end, for whatever a page did wrong."""
    watching = Watch()
    yield watching
    assert not watching.unexpected(), "\n".join(watching.unexpected())


@pytest.fixture
def new_page(
    browser: Browser, look: tuple[str, str], watch: Watch, live_server
) -> Iterator[Callable[..., Page]]:
    """Open a page of its own session: `new_page(size=DESKTOP, theme="dark", language="en")`."""
    contexts: list[BrowserContext] = []

    def open_page(
        size: dict[str, int] = PHONE,
        theme: str = look[0],
        language: str = look[1],
        **options,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            color_scheme=theme,
            locale="pl-PL" if language == "pl" else "en-GB",
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            **options,
        )
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page of 390 x 844, with touch."""
    return new_page(PHONE)


@pytest.fixture
def desktop(new_page: Callable[..., Page]) -> Page:
    """A page of 1280 x 800."""
    return new_page(DESKTOP)


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, object], None]:
    """`sign_in(page, person)`: the person's session, without walking the sign-in page."""

    def give_session(page: Page, person) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(person)
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    return give_session


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)`: fails on any violation of WCAG 2.2 A and AA."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        # Handed over by the debugger's door, not as a script of the page: the CSP stays as it is.
        page.evaluate(f"() => {{ {source} }}")
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        assert not found, f"axe on {page.url}:\n" + "\n".join(map(_described, found))

    return check


def _described(violation: dict) -> str:
    places = [
        f"    {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for node in violation["nodes"][:5]
    ]
    return f"  {violation['id']}: {violation['help']}\n" + "\n".join(places)
