"""What whoever looks after people types."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.people.models import WithClients
from polecam.web.pages.staff.words import LANGUAGES, ROLES

Options = list[tuple[str, str]]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def offer(form: forms.Form, field: str, options: Options) -> None:
    """The choices of a field."""
    cast(forms.ChoiceField, form.fields[field]).choices = options


class Roster(forms.Form):
    """A list of people, pasted or as a file, and what holds where it says nothing."""

    people = forms.CharField(
        label=_("The list"), required=False, max_length=60_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )  # fmt: skip
    branch = forms.ChoiceField(label=_("Branch, where the list names none"))
    role = forms.ChoiceField(label=_("Role, where the list names none"), choices=ROLES)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)

    def __init__(self, *args: Any, branches: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "branch", branches)

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        found = super().clean() or {}
        if not (found.get("people") or "").strip() and not found.get("file"):
            self.add_error("people", _("Paste a list or choose a file."))
        return found


class GiveRole(forms.Form):
    """One role more, in one place."""

    branch = forms.ChoiceField(label=_("Branch"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, branches: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "branch", branches)


class Move(forms.Form):
    """From where to where, as what, from which day, and what becomes of the clients."""

    origin = forms.ChoiceField(label=_("Moves from"))
    target = forms.ChoiceField(label=_("to"))
    role = forms.ChoiceField(label=_("as"), choices=ROLES)
    on = day_field(_("From the day"))
    clients = forms.ChoiceField(
        label=_("Their clients"),
        choices=[
            (WithClients.ALONG, _("go along with them")),
            (WithClients.STAY, _("stay with the branch")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, origins: Options, targets: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "origin", origins)
        offer(self, "target", targets)


class LastDay(forms.Form):
    """The last day somebody works here."""

    last = day_field(_("Last day at work"))


class NameDeputy(forms.Form):
    """Who stands in for whom, from when until when."""

    manager = forms.ChoiceField(label=_("Who is away"))
    person = forms.ChoiceField(label=_("Who stands in"))
    since = day_field(_("From"))
    last = day_field(_("Until (this day too)"))

    def __init__(self, *args: Any, leads: Options, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "manager", leads)
        offer(self, "person", people)
