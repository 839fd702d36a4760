"""Forms of the way in and of one's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from polecam.people.models import Form

FORMS = [
    (Form.FEMININE, _("as a woman: Zapytałam")),
    (Form.MASCULINE, _("as a man: Zapytałem")),
    (Form.NEUTRAL, _("without either")),
]
OWN_NAMES = [("pl", "Polski"), ("en", "English")]
THEMES = [("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]
NEW_PASSWORD_HINT = _("At least 12 characters. Four unrelated words are easy to remember.")


class SignIn(AuthenticationForm):
    """E-mail and password. One sentence for every failure, so that nobody learns who works here."""

    error_messages = {
        "invalid_login": _("This e-mail and password do not match. Check both, or set a new one."),
        "inactive": _("This e-mail and password do not match. Check both, or set a new one."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.label = _("Work e-mail")
        name.widget.input_type = "email"
        name.widget.attrs |= {"autocomplete": "username", "inputmode": "email"}
        name.widget.attrs.pop("autofocus", None)  # on a phone the keyboard would hide the tree


class Code(forms.Form):
    """A code of the authenticator app."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off"}
        ),
    )


class Spare(Code):
    """A spare code, as it was printed."""

    code = forms.CharField(
        label=_("Spare code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class Forgotten(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(label=_("Work e-mail"), max_length=254)


class NewPassword(SetPasswordForm):
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = NEW_PASSWORD_HINT


class ChangePassword(PasswordChangeForm):
    """The old password, and a new one typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = NEW_PASSWORD_HINT
        self.fields["old_password"].widget.attrs.pop("autofocus", None)


class Profile(forms.Form):
    """How the person is called, spoken of, and what they like to see."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    title = forms.CharField(label=_("What you do"), max_length=60, required=False)
    form = forms.ChoiceField(
        label=_("How Polecam speaks of you"), choices=FORMS, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Look"), choices=THEMES, widget=forms.RadioSelect)


class Joining(forms.Form):
    """What everyone says who begins here."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    form = forms.ChoiceField(
        label=_("How Polecam speaks of you"), choices=FORMS, widget=forms.RadioSelect
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Welcome(Joining):
    """What an invited person chooses."""

    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES, widget=forms.RadioSelect)
    field_order = ("first_name", "last_name", "form", "language", "password")


class Language(forms.Form):
    """The switch of languages."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False, max_length=500)
