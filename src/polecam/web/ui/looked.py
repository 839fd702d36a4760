"""A form of two steps: the first shows what would change, the second does what was shown."""

import hashlib

from django import forms


class Looked(forms.Form):
    """Nothing typed is lost between the two: the page of the first step holds the same form with
    `seal` as the hidden value `seen`. Whoever changes anything sees the effects anew."""

    @property
    def seal(self) -> str:
        """A digest of what was typed."""
        typed = [f"{name}={self.data.get(name, '')}" for name in sorted(self.fields)]
        return hashlib.sha256("\n".join(typed).encode()).hexdigest()[:32]

    @property
    def looked(self) -> bool:
        """Whether the effects of exactly this were shown."""
        return bool(self.data.get("seen", "") == self.seal)
