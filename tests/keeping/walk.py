"""Open pages of the database in DATABASE_URL as several people; prints what did not answer 200."""

import sys

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from polecam.people.models import Membership, Role  # noqa: E402

PAGES = {
    Role.SELLER: ["today:today", "referrals:list", "money:mine", "clients:list"],
    Role.MANAGER: ["branch:branch"],
    Role.ADMIN: ["setup:setup", "tree:tree", "tasks:tasks", "mailing:outbox"],
    Role.DPO: ["privacy:people"],
    Role.PAYROLL: ["payroll:months"],
}


def main() -> int:
    bad = 0
    for role, names in PAGES.items():
        held = Membership.objects.filter(role=role, until=None).order_by("id").first()
        client = Client(SERVER_NAME="localhost", headers={"Accept-Language": "en"})
        client.force_login(held.person)
        for name in names:
            answer = client.get(reverse(name), secure=False)
            sys.stdout.write(f"{name} {answer.status_code}\n")
            bad += answer.status_code != 200
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
