"""Refusals about the catalogue of moments, its dates and its inlets."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "moment_out_of_use": gettext_lazy("Your firm does not use this moment. Choose another one."),
    "moment_title": gettext_lazy("Give it a name of up to 80 characters in both languages."),
    "moment_title_taken": gettext_lazy("There is a moment of this name already."),
    "moment_sentence": gettext_lazy(
        "Up to 200 characters. Besides the text only {when}, {rating} and [she|he] may stand in it."
    ),
    "moment_strength": gettext_lazy("Choose a strength from 1 to 5."),
    "moment_days": gettext_lazy("Between 1 and 365 days."),
    "moment_needed": gettext_lazy("This one protects the client. It stays in use."),
    "moment_delivered": gettext_lazy("This moment came with the house. Put it out of use instead."),
    "date_rule_offset": gettext_lazy(
        "Up to 730 days; before the date only where something is renewed."
    ),
    "inlet_kind": gettext_lazy("Choose a webhook or an e-mail address."),
    "inlet_name": gettext_lazy("Say in a few words which system will tell of moments."),
    "inlets_many": gettext_lazy("There are 20 open inlets. Close one that nobody uses."),
    "telling_json": gettext_lazy("The body is not a JSON object with the known fields."),
    "telling_field": gettext_lazy("One field is missing or says something impossible."),
    "telling_kind": gettext_lazy("This moment is not in the catalogue."),
    "telling_kind_unused": gettext_lazy("This moment is switched off in the catalogue."),
    "telling_day": gettext_lazy("The day lies ahead, or more than two years back."),
    "telling_closed": gettext_lazy("This inlet is closed."),
    "mail_too_large": gettext_lazy("The message is larger than one megabyte."),
    "mail_automatic": gettext_lazy("An automatic answer is no moment."),
    "mail_without_id": gettext_lazy("The message has no Message-ID."),
    "mail_unclear": gettext_lazy(
        "Neither the subject nor the first line says “client number: moment”."
    ),
}
