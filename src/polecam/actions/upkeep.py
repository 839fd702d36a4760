"""What the house forgets by itself."""

from datetime import datetime

from polecam.actions.erasure import ran
from polecam.insights import forgetting


def forget_old(at: datetime) -> dict[str, int]:
    """Forget ended sessions, used form keys, old rate-limit windows and invitations nobody
    accepted; how many of each, in the journal too where anything went."""
    due = forgetting.due(at)
    gone = {kind: due[kind].delete()[0] for kind in forgetting.HOUSE}
    if any(gone.values()):
        ran(counts=gone, at=at)
    return gone
