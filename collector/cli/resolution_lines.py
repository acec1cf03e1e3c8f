"""In what steps the counters of a source move, as lines for a person: as stated, or as the service has learned it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collector.config.settings import Settings
    from models.works.plant import Tag


_NAMED = 5
"""Of counters that share a line. The rest is in the table above."""


def resolution_lines(settings: "Settings", source: str) -> Iterator[str]:
    """What is known of the totalizers of `source`; those of which the same is known share a line."""
    from models.works.codes import TagKind

    counters = [tag for tag in settings.plant.tags if tag.source == source and tag.kind is TagKind.TOTALIZER]
    learned = _learned(settings) if counters else {}
    by_text: dict[str, list[str]] = {}
    for tag in counters:
        by_text.setdefault(_resolution(tag, learned.get(tag.name, 0)), []).append(tag.name)
    for text, names in by_text.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"resolution {', '.join(names[:_NAMED])}{more}: {text}"


def _resolution(tag: "Tag", finest_g: int) -> str:
    if tag.resolution:
        return f"{tag.resolution:g} {tag.unit_of_measure}, as stated"
    if finest_g:
        finest = finest_g / (tag.grams_per_unit or 1.0)
        return f"{finest:.6g} {tag.unit_of_measure} or finer, the smallest rise that the service has seen"
    return "not known yet, for the service has seen no rise; steps of up to a minute's growth are believed"


def _learned(settings: "Settings") -> dict[str, int]:
    """By tag the smallest rise in grams, from the states in the ledger; nothing where there is no ledger to read."""
    from collector.entries.entry_file import EntryFile
    from collector.errors import CollectorError
    from collector.storage.ledger.reads import totalizer_states
    from models.counting.count_state import state_from_bytes
    from models.counting.totalizer_state import TotalizerState

    try:
        kept = EntryFile(settings).read(totalizer_states)
        states = {tag: state_from_bytes(state) for tag, state in kept.items()}
        return {tag: state.finest_g for tag, state in states.items() if isinstance(state, TotalizerState)}
    except (CollectorError, ValueError):
        return {}  # the poll itself does not need a ledger
