"""Words for moments, wrong ones included."""

from django.utils.translation import gettext as _

from polecam.web.pages.today import why

WRONG = ("complaint", "decision_pending", "before_value", "arrears")


def wrong() -> list[tuple[str, str]]:
    """Moments that are wrong for asking, but for "not now", which is a rest without a cause."""
    return [
        ("complaint", _("A complaint is open")),
        ("decision_pending", _("They wait for a decision of ours")),
        ("before_value", _("They do not have yet what they came for")),
        ("arrears", _("A payment is late")),
    ]


def kind(code: str) -> str:
    """What a kind of moment is called."""
    named = dict(why.nouns()) | dict(wrong())
    return str(named.get(code, _("Not now")))
