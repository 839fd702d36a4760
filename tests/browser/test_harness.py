"""The browser harness itself: a page opens, axe runs, a problem fails the test."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_watch_sees_an_error_of_the_page(phone, watch):
    phone.set_content("<html lang=en><title>x</title><h1>x</h1>")
    phone.evaluate("() => console.error('broken on purpose')")
    assert watch.problems == ["console: broken on purpose"]
    watch.allow("on purpose")


def test_axe_sees_a_nameless_button(phone, axe):
    phone.set_content("<html lang=en><title>x</title><main><h1>x</h1><button></button></main>")
    with pytest.raises(AssertionError, match="button-name"):
        axe(phone)


@pytest.mark.look(theme="dark", language="en")
def test_look_reaches_the_page(desktop):
    assert desktop.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    assert desktop.evaluate("() => navigator.language") == "en-GB"
    assert desktop.viewport_size == {"width": 1280, "height": 800}
