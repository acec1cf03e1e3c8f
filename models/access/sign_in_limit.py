"""How often a password may be tried. Pure but for its own memory; time is given (seconds that never go back)."""

from dataclasses import dataclass, field

TRIES = 5
"""Wrong passwords for one name before it has to wait: people mistype twice or thrice."""
TRIES_OF_AN_ADDRESS = 30
"""Of one address for all names: behind a proxy a whole works has one."""
FORGOTTEN_AFTER_S = 900.0
"""A quarter of an hour: 5 tries in that time are 480 a day, which guess no password of ten characters."""
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 900.0
"""Never longer: who guesses must not keep the dispatcher out of a night shift."""
MOST_KEPT = 10_000
"""Names and addresses that are remembered; the oldest go first."""


@dataclass(slots=True)
class _Tries:
    failures: int = 0
    last_s: float = 0.0
    wait_until_s: float = 0.0


@dataclass(slots=True)
class SignInLimit:
    """Call `wait_s` before a password is looked at, and `failed` or `succeeded` after it."""

    _known: dict[str, _Tries] = field(default_factory=dict)

    def wait_s(self, name: str, address: str, now_s: float) -> float:
        """How long until this name may be tried from this address; 0: now."""
        until = [self._known[key].wait_until_s for key in _keys(name, address) if key in self._known]
        return max(0.0, max(until, default=0.0) - now_s)

    def failed(self, name: str, address: str, now_s: float) -> None:
        """The password was wrong, or nobody has the name."""
        for key, allowed in zip(_keys(name, address), (TRIES, TRIES_OF_AN_ADDRESS), strict=True):
            tries = self._known.pop(key, None)
            if tries is None or now_s - tries.last_s > FORGOTTEN_AFTER_S:
                tries = _Tries()
            tries.failures += 1
            tries.last_s = now_s
            over = tries.failures - allowed
            if over >= 0:
                tries.wait_until_s = now_s + min(FIRST_WAIT_S * 2 ** min(over, 10), LONGEST_WAIT_S)
            self._known[key] = tries
        while len(self._known) > MOST_KEPT:
            self._known.pop(next(iter(self._known)))

    def succeeded(self, name: str) -> None:
        """The name is forgotten. The address is not: one true password does not wash the others' tries away."""
        self._known.pop(_keys(name, "")[0], None)


def _keys(name: str, address: str) -> tuple[str, str]:
    return f"name {name[:200]}", f"address {address[:100]}"
