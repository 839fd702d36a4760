"""Forms of clients."""

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.people.models import Form
from polecam.web.pages.clients import words


class ClientForm(forms.Form):
    """Name and contact data of a client, as the client gave them."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=200, required=False)
    product = forms.CharField(label=_("Product"), max_length=80, required=False)
    renews_on = forms.DateField(
        label=_("Renews on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class NewClientForm(ClientForm):
    """A client entered by hand."""

    number = forms.CharField(label=_("Client number"), max_length=40, required=False)
    form = forms.ChoiceField(
        label=_("We say"),
        choices=[
            (Form.FEMININE, _("she")),
            (Form.MASCULINE, _("he")),
            (Form.NEUTRAL, _("without saying")),
        ],
        initial=Form.NEUTRAL,
        widget=forms.RadioSelect,
    )
    field_order = [
        "first_name",
        "last_name",
        "form",
        "phone",
        "email",
        "number",
        "product",
        "renews_on",
    ]


class RestForm(forms.Form):
    """Not now until a day; never a cause."""

    until = forms.DateField(label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}))


class WrongForm(forms.Form):
    """A moment at which asking would be wrong."""

    kind = forms.ChoiceField(label=_("What is the case?"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until when, if you know"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = words.wrong()  # type: ignore[attr-defined]
