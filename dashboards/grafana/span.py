"""The span of a board in the words of a version: an older Grafana rounds to a month in the zone of the browser."""

from collections.abc import Mapping

from dashboards.panels.board import THIS_MONTH, TWO_YEARS

ROUNDS_ON_SITE = (11, 0)
"""From here on a month begins where the board says, as was seen in 12. Before, it begins where the browser is."""
_BEFORE: Mapping[tuple[str, str], tuple[str, str]] = {
    # Rows stand at the midnights of the plant, so half a day earlier finds the first one from any browser, and never
    # one of the month before.
    THIS_MONTH: ("now/M-12h", "now"),
    TWO_YEARS: ("now-24M/M-12h", "now"),
}


def board_span(span: tuple[str, str], version: tuple[int, int]) -> tuple[str, str]:
    """From and to, for a Grafana of this version (major, minor)."""
    return span if version >= ROUNDS_ON_SITE else _BEFORE.get(span, span)
