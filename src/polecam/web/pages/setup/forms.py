"""Forms of people, roles and settings."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.organisation.settings import Kind
from polecam.people.models import Role
from polecam.web.pages.setup.words import CHOICES
from polecam.web.ui.looked import Looked

ROLES = [
    (Role.SELLER, _("seller")),
    (Role.MANAGER, _("manager")),
    (Role.ADMIN, _("admin")),
    (Role.DPO, _("data protection officer")),
    (Role.PAYROLL, _("payroll")),
]


class Invite(forms.Form):
    """Whom to invite, where, as what."""

    email = forms.EmailField(label=_("Work e-mail"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    branch = forms.ChoiceField(label=_("Branch"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=[("pl", "Polski"), ("en", "English")]
    )

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["branch"]).choices = branches


class Firm(forms.Form):
    """What friends read about who holds their data."""

    name = forms.CharField(label=_("Name of the firm"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    privacy_contact = forms.CharField(
        label=_("Whom to write to about personal data"), max_length=200, required=False
    )


class Announce(forms.Form):
    """The monitoring notice, as it was given to the people."""

    on = forms.DateField(
        label=_("Announced on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rule = forms.CharField(label=_("Where the rule stands"), max_length=200)


class Change(Looked):
    """A new value of one setting, from a day on, and why."""

    why = forms.CharField(label=_("Why"), max_length=200, required=False)
    starts = forms.DateField(
        label=_("From the day"),
        required=False,
        help_text=_("Empty: from now on."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["value"] = self._value(kind)
        self.order_fields(["whose", "value", "starts", "why"])

    def _value(self, kind: Kind) -> forms.Field:
        label = _("New value")
        if kind.unit == "yes/no":
            yes_no = [("yes", _("yes")), ("no", _("no"))]
            return forms.ChoiceField(label=label, choices=yes_no, widget=forms.RadioSelect)
        if kind.unit == "choice":
            options = [(choice, CHOICES[choice]) for choice in kind.choices]
            return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect)
        if kind.unit in ("grosze", "bp"):
            return forms.DecimalField(
                label=label,
                required=kind.unit == "bp",
                min_value=0,
                max_digits=10,
                decimal_places=2,
                localize=True,  # a comma in Polish
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        return forms.IntegerField(label=label)

    @property
    def value(self) -> int | bool | str | None:
        """The value in the setting's own unit; call after is_valid()."""
        given = self.cleaned_data["value"]
        if self.kind.unit == "yes/no":
            return bool(given == "yes")
        if self.kind.unit == "choice":
            return str(given)
        if self.kind.unit in ("grosze", "bp"):
            return None if given is None else int(given * 100)
        return int(given)


OWN, ABOVE = "own", "above"


class ChangeHere(Change):
    """The same for one place, which may also take its own value back."""

    whose = forms.ChoiceField(label=_("Here holds"), widget=forms.RadioSelect)

    def __init__(self, kind: Kind, *args: Any, above: str, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        choices = [(OWN, _("a value of its own")), (ABOVE, above)]
        cast(forms.ChoiceField, self.fields["whose"]).choices = choices
        if self.data.get("whose") == ABOVE:
            self.fields["value"].required = False

    @property
    def value(self) -> int | bool | str | None:
        """None: what holds above the place."""
        return None if self.cleaned_data["whose"] == ABOVE else super().value
