"""What the pages of this area call things: kinds of messages, states, troubles, reasons, places."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Word = str | Promise

KINDS: dict[str, tuple[Word, Word]] = {
    # kind: (title, when it goes)
    "confirm": (_("Confirm the channel"), _("right after the friend’s answer, with the link")),
    "confirmed": (_("Thank you, confirmed"), _("as soon as the link was opened")),
    "meeting": (_("Did the talk take place?"), _("when the seller notes a talk")),
    "near": (_("Reminder of the talk"), _("a day before, or as the setting says")),
    "handoff": (_("May somebody else get in touch?"), _("when a colleague is to take over")),
    "survey": (_("Survey"), _("to clients who agreed to questions")),
    "pulse": (_("Free to refuse?"), _("to a few clients after an ask")),
    "thanks_recommended": (_("Thanks for the recommendation"), _("when the seller sends it")),
    "thanks_talked": (_("Thanks after the talk"), _("when the seller sends it")),
    "welcome": (_("Invitation to work here"), _("when the admin invites somebody")),
    "password": (_("A new password"), _("when somebody asks for the link")),
    "dispute": (_("A question waits for a decision"), _("when it comes, and at half of the time")),
    "statement": (_("The statement is there"), _("when the month’s statements are published")),
    "claim_ends": (_("An exclusivity ends"), _("14 and 3 days before")),
    "feed": (_("A nightly file needs a look"), _("when it waits, or could not be fetched")),
    "new_device": (_("Signed in on a new device"), _("at the first sign-in on a device")),
    "sign_in": (_("A change of one’s sign-in"), _("when a password, app, passkey or code changes")),
    "roots": (_("The day’s root"), _("every night, to whoever keeps it")),
    "test": (_("A test of words"), _("to the admin who sent it")),
}
READERS: dict[str, Word] = {
    "friend": _("To the recommended friend"),
    "client": _("To clients who agreed to it"),
    "staff": _("To people who work here"),
}
MEDIA: dict[str, Word] = {"email": _("E-mail"), "sms": _("Text message")}
LANGUAGES = {"pl": "Polski", "en": "English"}
STATES: dict[str, Word] = {
    "waiting": pgettext_lazy("messages", "waiting"),
    "sending": pgettext_lazy("messages", "on the way"),
    "sent": pgettext_lazy("messages", "sent"),
    "delivered": pgettext_lazy("messages", "delivered"),
    "bounced": pgettext_lazy("messages", "came back"),
    "failed": pgettext_lazy("messages", "not sent"),
    "unsure": pgettext_lazy("messages", "unsure"),
    "dropped": pgettext_lazy("messages", "not wanted any more"),
}
TROUBLES: dict[str, Word] = {
    "unreachable": _("The server did not answer. It is tried again by itself."),
    "login": _("The server did not accept the access. The admin of the machine can mend it."),
    "credit": _("The gateway says that its account is empty."),
    "no_gateway": _("No gateway for text messages is set up."),
    "later": _("The other side asked to try later."),
    "fault": _("Something went wrong on our side before anything was sent."),
    "died": _("The programme was stopped while it was sending."),
    "broken": _("The connection broke while it was being handed over."),
    "gave_up": _("Eight tries in more than a day did not get through. Nothing was handed over."),
    "address": _("There is no such address."),
    "number": _("There is no such number."),
    "policy": _("The other side does not take messages from us."),
    "content": _("The other side refused what the message says."),
    "expired": _("The mail server of the other side gave up after some days."),
    "undelivered": _("The gateway could not deliver it."),
    "dead": _("A message came back from this address before, so nothing is sent there."),
    "late": _("Its time was over."),
    "left": _("The person no longer works here."),
    "withdrawn": _("The consent was taken back."),
    "restored": _("The data came back from a copy that was made before it was to be sent."),
    "aside": _("An admin put it aside."),
}
HAPPENED: dict[str, Word] = {
    "written": _("Written down"),
    "again": _("Sent on its way once more"),
    "lifted": _("The address works again"),
}
AGAIN: dict[str, Word] = {
    "not_there": _("it did not arrive, I have checked"),
    "cause_gone": _("what stopped it is mended"),
    "wanted": _("they want it all the same"),
}
ASIDE: dict[str, Word] = {
    "arrived": _("it did arrive"),
    "told": _("they were told otherwise"),
    "pointless": _("it has lost its point"),
}
PLACES: dict[str, Word] = {
    "firm": _("the firm’s name"),
    "seller": _("the adviser"),
    "other": _("the other adviser"),
    "greeting": _("how the client is addressed"),
    "url": _("the link to act on"),
    "own": _("the link to their own page: data, withdrawal, objection"),
    "link": _("the link to the question"),
    "stop": _("the link that ends such messages"),
    "card": _("the link to the client’s page"),
    "device": _("the browser and the system"),
    "what": _("what changed"),
    "when": _("when"),
    "helps": _("what helps, where something does"),
    "day": _("the day"),
    "roots": _("the roots themselves"),
    "name": _("the name of the nightly file"),
    "why": _("what is the matter with it"),
}


def title(kind: str) -> Word:
    """What a kind of message is called; its code where it has no name yet."""
    return KINDS[kind][0] if kind in KINDS else kind
