"""Refusals of surveys and of the pulse."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "survey_way": gettext_lazy("Choose how the question reaches the client."),
    "survey_rests": gettext_lazy(
        "This client is left in peace for now. Ask how it was another time; a good talk needs no "
        "form."
    ),
    "survey_lately": gettext_lazy(
        "This client was asked not long ago. Twice in so short a time would be a burden."
    ),
    "survey_not_agreed": gettext_lazy(
        "The client has not agreed to such e-mails. Show the code or pass the link on yourself."
    ),
    "survey_score": gettext_lazy("Choose a number from 0 to 10."),
    "survey_helped": gettext_lazy("Choose one of the possibilities shown."),
    "survey_over": gettext_lazy("This link is closed. Nothing was changed."),
    "round_number": gettext_lazy("Choose a number of clients from 1 to %(most)s."),
    "pulse_decision": gettext_lazy("Choose what follows: nothing, a talk, or a pause."),
    "pulse_why": gettext_lazy("Write why, in at most %(most)s characters."),
    "pulse_look_first": gettext_lazy("Look first, then decide."),
    "pulse_no_seller": gettext_lazy(
        "This is about the branch, not about one person, so nobody can be paused."
    ),
    "pulse_decided": gettext_lazy("This was decided already."),
}
