"""The tool that gathers texts to translate: it must miss none, in code or in templates."""

from pathlib import Path

import pytest

from tools import messages
from tools.template_text import hard_coded


def texts(tmp_path: Path, name: str, source: str) -> dict:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return dict(messages.texts_of(path))


def test_code(tmp_path):
    found = texts(
        tmp_path,
        "views.py",
        """
def view(n):
    _("Save")
    return pgettext_lazy("verb", "Ask"), ngettext("%(n)s ask", "%(n)s asks", n), npgettext(
        "of a week", "one leaf", "%(n)s leaves", n
    )
""",
    )
    assert found == {
        (None, "Save"): None,
        ("verb", "Ask"): None,
        (None, "%(n)s ask"): "%(n)s asks",
        ("of a week", "one leaf"): "%(n)s leaves",
    }


def test_template_with_uneven_indentation(tmp_path):
    found = texts(
        tmp_path,
        "page.html",
        """
<div>
      {% translate "Today" %}
  <p title="{% translate 'Hello' context "greeting" %}">it's (not closed
 {% blocktranslate trimmed count n=asks with name=p.name %}
    {{ name }} asked
    once
 {% plural %}
    {{ name }} asked {{ n }} times
 {% endblocktranslate %}
    {% include "x.html" with label=_("Label") %}
""",
    )
    assert found == {
        (None, "Today"): None,
        ("greeting", "Hello"): None,
        (None, "%(name)s asked once"): "%(name)s asked %(n)s times",
        (None, "Label"): None,
    }


@pytest.mark.parametrize(
    ("text", "forms", "same"),
    [
        ("Hello %(name)s", ("Cześć, %(name)s",), True),
        ("Hello %(name)s", ("Cześć",), False),
        (("one ask", "%(n)s asks"), ("jedna", "%(n)s prośby", "%(n)s próśb", "%(n)s próśb"), True),
        (("one ask", "%(n)s asks"), ("jedna", "dwie", "%(n)s próśb", "%(n)s próśb"), False),
    ],
)
def test_placeholders(text, forms, same):
    assert messages.same_placeholders(text, forms) is same


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>{% translate 'x' %}: {{ name }} · 12</p>", []),
        ("<p>Polecam</p>", []),
        ("<p>\n  Hello {{ name }}</p>", ["Hello ·"]),
        ("<input placeholder='Name'>", ["Name"]),
        ("<input type=submit value='Save'>", ["Save"]),
        ("<button aria-label='Close'></button>", ["Close"]),
        ("<p translate='no'>Deutsch <b>auch</b></p><p>but</p>", ["but"]),
        ("{# note #}{% comment %} note {% endcomment %}", []),
        ("{% blocktranslate %}Hello{% endblocktranslate %}", []),
    ],
)
def test_hard_coded_text(template, found):
    assert [text for _line, text in hard_coded(template)] == found
