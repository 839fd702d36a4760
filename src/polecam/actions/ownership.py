"""Only the owner asks a client, unless the client is shared."""

from polecam.asking import rules
from polecam.clients.models import Client
from polecam.kit.errors import NotAllowed
from polecam.people.models import Person
from polecam.people.permissions import Permission, require


def require_own(by: Person, client: Client) -> None:
    """Raise NotAllowed unless `by` may ask in the branch and the client is theirs or shared."""
    require(by, Permission.ASK, client.branch_id)
    if not rules.is_owner_or_shared(client.owner_id, client.shared, by.pk):
        raise NotAllowed("not_your_client")
