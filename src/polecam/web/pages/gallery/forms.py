"""A form that shows every kind of control."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Sample(forms.Form):
    """Never saved anywhere."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    phone = forms.CharField(label=_("Phone"), required=False)
    leads = forms.ChoiceField(
        label=_("Who leads it"), choices=[("kd", "Kamil Duda"), ("op", "Ola Pietrzak")]
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    file = forms.FileField(label=_("File"), required=False)
    outcome = forms.ChoiceField(
        label=_("Answer"),
        widget=forms.RadioSelect,
        choices=[("named", _("Names someone")), ("declined", _("Not this time"))],
    )
    need = forms.ChoiceField(
        label=_("On what occasion"),
        widget=forms.RadioSelect,
        choices=[("home", _("Looking for a home")), ("firm", _("Starts a company"))],
    )
    channels = forms.MultipleChoiceField(
        label=_("What do you agree to?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("phone", _("Marta may call me about this"))],
    )
    goal = forms.ChoiceField(
        label=_("Asks a week"),
        widget=forms.RadioSelect,
        choices=[(str(n), str(n)) for n in (2, 3, 4, 5, 6, 8)],
    )

    def clean_phone(self) -> str:
        """Always too short, to show an error."""
        raise forms.ValidationError(_("Four digits are missing. You may also leave this empty."))
