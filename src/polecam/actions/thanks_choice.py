"""The client says how they want to be thanked, on their own page."""

from datetime import datetime

from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.store.tx import action, lock
from polecam.thanks import queries
from polecam.thanks.models import Reward, ThanksChoice


def choose(
    *, client: Client, choice: str, reward: Reward | None = None, at: datetime
) -> ThanksChoice:
    """Note the client's own choice (a Side, or "none"); the last one counts, for what comes.

    Raises Refused("reward_gone", field="choice") for what `thanks.queries.choices_for` does not
    offer this client now: also where rewards are off.
    """
    with action():
        client = lock(client)
        wanted = reward.pk if reward else None
        offers = queries.choices_for(client, at)
        if not any(
            offer.choice == choice and (offer.reward.pk if offer.reward else None) == wanted
            for offer in offers
        ):
            raise Refused("reward_gone", field="choice")
        before = queries.chosen(client)
        if before and (before.choice, before.reward_id) == (choice, wanted):
            return before
        row, _new = ThanksChoice.objects.update_or_create(
            client=client,
            defaults={"choice": choice, "reward_id": wanted, "chosen_at": at},
        )
        record(
            "thanks.chosen",
            client,
            by=None,
            at=at,
            branch=client.branch_id,
            data={"reward": reward.public_id if reward else ""},
        )
    return row
