"""kill -9 at every named point of a sending: never two letters, nothing lost without a word."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
from django.db import connection, connections

from polecam.actions import outbox
from polecam.messages import rules
from tests.messages.conftest import to_staff

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = """
    import os, sys, time
    from datetime import datetime
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    if "side" in settings.DATABASES:
        settings.DATABASES["side"]["NAME"] = sys.argv[2]
    django.setup()
    from polecam.actions import outbox
    from polecam.messages import handover, mail
    from polecam.messages.models import Message

    def stop():
        print(os.getpid(), flush=True)
        time.sleep(60)

    def after(real):
        def call(*args, **kwargs):
            found = real(*args, **kwargs)
            stop()
            return found
        return call

    def before(real):
        def call(*args, **kwargs):
            stop()
            return real(*args, **kwargs)
        return call

    def send(point, message):
        if point == "taken":
            outbox.take = after(outbox.take)
        elif point == "opened":
            outbox.hand = before(outbox.hand)
        elif point == "handing":
            mail.send_email = before(mail.send_email)
        elif point == "handed":
            mail.send_email = after(mail.send_email)
        elif point == "marked":
            outbox.sent = after(outbox.sent)
        outbox.deliver(Message.objects.get(pk=message), at=datetime.fromisoformat(sys.argv[3]))

    for line in sys.stdin:
        point, message = line.split()
        if os.fork() == 0:
            send(point, message)
            os._exit(1)
        os.wait()
"""
POINTS = {
    # point: (what becomes of the letter, how many letters went out)
    "taken": ("sent", 1),
    "opened": ("sent", 1),
    "handing": ("unsure", 0),
    "handed": ("unsure", 1),
    "marked": ("sent", 1),
}


def test_never_two_letters(marta, smtp, at):
    letters = {point: to_staff(marta, at) for point in POINTS}
    side = connections["side"].settings_dict["NAME"] if "side" in connections else ""
    sender = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(SCRIPT),
         str(connection.settings_dict["NAME"]), str(side), at.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "POLECAM_ENV": "test",
            "POLECAM_SMTP_HOST": "127.0.0.1",
            "POLECAM_SMTP_PORT": str(smtp.port),
            "POLECAM_SMTP_TLS": "no",
        },
    )  # fmt: skip
    with sender:
        for point, letter in letters.items():
            sender.stdin.write(f"{point} {letter.pk}\n")
            sender.stdin.flush()
            os.kill(int(sender.stdout.readline()), signal.SIGKILL)
        sender.stdin.close()
    before = len(smtp.took)
    outbox.deliver_due(at=at + timedelta(minutes=1))
    assert before == len(smtp.took) == 2, "the leases still run"
    for hour in (1, 2, 30):
        outbox.deliver_due(at=at + timedelta(hours=hour))
    for point, (state, count) in POINTS.items():
        letter = letters[point]
        letter.refresh_from_db()
        took = sum(letter.public_id in one for one in smtp.took)
        assert (point, letter.state, took) == (point, state, count)
        assert (letter.trouble == "died") == (state == "unsure")
    assert at + timedelta(minutes=1) < at + rules.LEASE
