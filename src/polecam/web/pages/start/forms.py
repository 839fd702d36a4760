"""What is typed in the first days. Forms parse; the actions decide."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.asking.catalogue import LINES
from polecam.organisation.currencies import BY_CODE
from polecam.web.pages.entry.forms import OWN_NAMES, Joining
from polecam.web.pages.start import lines

CURRENCIES = {
    "PLN": pgettext_lazy("currency", "Polish złoty (zł)"),
    "EUR": pgettext_lazy("currency", "euro (€)"),
}
NEAR = (
    "Europe/Warsaw",
    "Europe/Berlin",
    "Europe/Prague",
    "Europe/Vilnius",
    "Europe/Kyiv",
    "Europe/London",
)
"""Zones first in the list; the others follow by name."""


def zones() -> list[tuple[str, str]]:
    """Zones to choose from: neighbours first, then the places of the world."""
    rest = sorted(name for name in available_timezones() if "/" in name and name not in NEAR)
    rest = [name for name in rest if not name.startswith(("Etc/", "posix/", "right/", "SystemV/"))]
    return [(name, name.replace("_", " ")) for name in (*NEAR, *rest, "UTC")]


class You(Joining):
    """The first admin."""

    email = forms.EmailField(
        label=_("Work e-mail"),
        max_length=254,
        help_text=_("You will sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("first_name", "last_name", "email", "form", "password")


class Firm(forms.Form):
    """What the firm is."""

    name = forms.CharField(
        label=_("Name of the firm"),
        max_length=80,
        help_text=_("As your clients know it; friends read it before they agree to anything."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    language = forms.ChoiceField(
        label=_("Language people begin with"),
        choices=OWN_NAMES,
        widget=forms.RadioSelect,
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=list(CURRENCIES.items()), widget=forms.RadioSelect
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("In it your days begin and months are closed.")
    )
    business = forms.ChoiceField(
        label=pgettext_lazy("line of business", "What you do"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zones()  # type: ignore[attr-defined]
        names = [(code, lines.NAMES[code]) for code in (*LINES, "other")]
        self.fields["business"].choices = names  # type: ignore[attr-defined]
        known = [(code, name) for code, name in CURRENCIES.items() if code in BY_CODE]
        self.fields["currency"].choices = known  # type: ignore[attr-defined]


class Branch(forms.Form):
    """The first branch."""

    name = forms.CharField(label=_("Name of the branch"), max_length=80)
    city = forms.CharField(label=_("Town"), max_length=60, required=False)


class Manager(forms.Form):
    """Who leads the first branch."""

    email = forms.EmailField(label=_("Work e-mail"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)


class Privacy(forms.Form):
    """Who holds the data, and whom to write to."""

    address = forms.CharField(
        label=_("Address of the firm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    privacy_contact = forms.CharField(
        label=_("Whom to write to about personal data"),
        max_length=200,
        help_text=_("An e-mail address or a telephone number that somebody really reads."),
    )
    officer = forms.ChoiceField(
        label=_("Who is your data protection officer?"),
        choices=[
            ("inside", _("Somebody who works here")),
            ("outside", _("Somebody outside")),
            ("none", _("We have none")),
        ],
        widget=forms.RadioSelect,
    )


OFFICERS = {
    "inside": _("They are invited with the team, in that role."),
    "outside": _("Write their address above: it is the contact friends see."),
    "none": _("Fine where the law asks for none; the contact above answers."),
}


class Why(forms.Form):
    """Why a step waits."""

    why = forms.CharField(label=_("Why it can wait"), max_length=200)
