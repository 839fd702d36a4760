"""`polecam mail-in`: one message from a mail server's pipe.

The exit codes are those of sysexits.h, which mail servers understand: 0 heard (or left unread on
purpose), 65 the message says nothing we know, 67 there is no such address, 75 try again later.
"""

import argparse
import sys
from datetime import UTC, datetime

from django.db import Error

from polecam.actions import inlets
from polecam.asking import inlet_mail
from polecam.asking.inlets import mailbox
from polecam.kit.errors import Refused
from polecam.web.ui.refusals import sentence_of

HEARD, UNCLEAR, NO_ADDRESS, LATER = 0, 65, 67, 75


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said after `polecam mail-in`."""
    parser.add_argument(
        "--to", default="", help="the recipient as the mail server knows it; else from the headers"
    )


def run(options: argparse.Namespace) -> int:
    """Hear the message on standard input; nothing of it is printed or kept."""
    try:
        return hear(sys.stdin.buffer.read(inlet_mail.LARGEST_MESSAGE + 1), options.to)
    except Error:
        print("polecam mail-in: the database does not answer; try again later", file=sys.stderr)
        return LATER


def hear(raw: bytes, recipient: str = "") -> int:
    """One message; the exit code."""
    try:
        message = inlet_mail.parsed(raw)
        inlet = mailbox(inlet_mail.tokens(message, recipient))
        if inlet is None:
            return NO_ADDRESS
        inlets.hear(at=datetime.now(UTC), inlet=inlet, told=inlet_mail.told(message))
    except Refused as refusal:
        if refusal.code == "mail_automatic":
            return HEARD
        print(f"polecam mail-in: {sentence_of(refusal)}", file=sys.stderr)
        return UNCLEAR
    return HEARD
