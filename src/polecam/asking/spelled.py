"""Which kind of moment somebody outside means: by its code, or by its title in either language."""

from polecam.asking.kinds import Kind, Kinds
from polecam.kit.names import fold


class Spelled:
    """Kinds by how they may be written; letters, case and signs do not matter."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds: dict[str, Kind] = {}
        for kind in kinds.values():
            for spelling in (kind.code.replace("_", " "), kind.title_pl, kind.title_en):
                known = self._kinds.get(fold(spelling))
                if known is None or (kind.used and not known.used):
                    self._kinds[fold(spelling)] = kind

    def find(self, text: str) -> Kind | None:
        """The kind meant, in use or not; None when nobody knows it."""
        return self._kinds.get(fold(text.replace("_", " ")))
