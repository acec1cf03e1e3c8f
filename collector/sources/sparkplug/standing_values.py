"""How long values of edge nodes stand unchanged: a node sends changes alone, and lives until the broker says not."""

from collections.abc import Callable, Iterable, Sequence

from models.works.plant import Tag


class StandingValues:
    """By tag name, since when (monotonic) its good value is counted. `monotonic` is replaced in tests only."""

    def __init__(self, tags: Sequence[Tag], monotonic: Callable[[], float]) -> None:
        self._cadence_s = {tag.name: tag.cadence_s for tag in tags}
        self._monotonic = monotonic
        self._since_s: dict[str, float] = {}

    def good(self, names: Iterable[str]) -> None:
        """A good value came of each."""
        self._since_s |= dict.fromkeys(names, self._monotonic())

    def ended(self, names: Iterable[str]) -> None:
        """Nothing is known of these until a value comes."""
        for name in names:
            self._since_s.pop(name, None)

    def coverage(self) -> dict[str, int]:
        """The whole cadences for which a value stood and that were not counted before."""
        now_s, found = self._monotonic(), {}
        for name, since_s in self._since_s.items():
            cadences = int((now_s - since_s) // self._cadence_s[name])
            if cadences:
                found[name] = cadences
        for name, cadences in found.items():
            self._since_s[name] += cadences * self._cadence_s[name]
        return found
