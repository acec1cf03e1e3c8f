"""Which alarms of a source speak of a unit."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class AlarmPattern:
    """Alarms of `source` of which origin (whose alarm it is) and name fit: `*` stands for any letters, capitals are as
    good as small ones."""

    source: str
    origin: str = "*"
    name: str = "*"

    def fits(self, source: str, origin: str, name: str) -> bool:
        """Whether an alarm is meant."""
        return source == self.source and fits(self.origin, origin) and fits(self.name, name)


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text fits a pattern with `*`."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    # Several stars in a row would try each split of the text between them.
    parts = [re.escape(part) for part in re.sub(r"\*+", "*", pattern).split("*")]
    return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)
