"""Alarms that speak of a unit come from a source that hears alarms."""

from collector.config.entries import Entries
from collector.config.problem import Problems
from collector.config.sentences import did_you_mean


def check_alarms(entries: Entries, problems: Problems) -> None:
    """The source of each of a unit's alarms is there, and hears them."""
    sources = {source.name: source for source in entries.sources}
    known = entries.known("source")
    for path, unit in entries.units:
        for index, entry in enumerate(unit.alarms):
            at = (*path, "alarms", index, "source")
            source = sources.get(entry.source)
            if entry.source not in known:
                problems.add(at, f"'{entry.source}' is not a source of this plant; {did_you_mean(entry.source, known)}")
            elif source is not None and source.config is not None and getattr(source.config, "alarms", None) is None:
                problems.add(
                    at,
                    f"'{entry.source}' hears no alarms; give it `alarms: {{}}` if it is OPC UA, or remove this",
                )
