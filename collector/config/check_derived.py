"""What must hold for tags that are made of others, and for counters that count by another signal."""

from collector.config.conversion import UnitError, conversion
from collector.config.entries import Entries, TagPart
from collector.config.formula_units import formula_unit
from collector.config.problem import Problems
from collector.config.sentences import did_you_mean
from models.counting.formula import FormulaError, formula


def check_derived(entries: Entries, problems: Problems) -> None:
    """Check each formula and each `counts_when` against the other signals of its unit."""
    units: dict[str, dict[str, TagPart]] = {}
    for tag in entries.tags:
        units.setdefault(tag.unit, {})[tag.entry.signal] = tag
    for tag in entries.tags:
        if tag.entry.formula is not None:
            _check_formula(tag, units[tag.unit], problems)
        if tag.entry.reset_signal is not None and tag.entry.kind == "totalizer":
            _check_reset(tag, units[tag.unit], problems)
        if tag.entry.counts_when is not None:
            _check_gate(tag, units[tag.unit], problems)
        if tag.entry.compared_with is not None and tag.entry.kind == "rate":
            _check_compared(tag, units[tag.unit], problems)


def _check_formula(tag: TagPart, signals: dict[str, TagPart], problems: Problems) -> None:
    path, text = (*tag.path, "formula"), tag.entry.formula or ""
    if tag.entry.kind == "event":
        problems.add(path, "an event has no formula; make the tag a gauge, a totalizer or a rate")
        return
    try:
        made = formula(text)
    except FormulaError as error:
        problems.add(path, f"'{text[:60]}' is no formula: {error}")
        return
    for name in made.signals:
        if not _is_read_with(tag, name, signals, path, problems):
            return
    if tag.entry.source_unit_of_measure is not None:
        problems.add(path, "what is made has no source_unit_of_measure; it follows from the units of its signals")
    try:
        found = formula_unit(made.tree, {name: signals[name].entry.unit_of_measure for name in made.signals})
        conversion(found, tag.entry.unit_of_measure)
    except UnitError as error:
        problems.add(path, f"its units of measure do not go together: {error}")


def _check_reset(tag: TagPart, signals: dict[str, TagPart], problems: Problems) -> None:
    name, path = tag.entry.reset_signal or "", (*tag.path, "reset_signal")
    if not _is_read_with(tag, name, signals, path, problems):
        return
    if signals[name].entry.kind != "gauge":
        problems.add(path, f"'{name}' is no gauge; name the gauge that is not 0 when the counter was set to 0")
    elif tag.entry.counts_when is not None and tag.entry.counts_when.signal == name:
        problems.add(path, f"'{name}' is what counts_when goes by as well; a signal says the one or the other")


def _check_compared(tag: TagPart, signals: dict[str, TagPart], problems: Problems) -> None:
    name, path = tag.entry.compared_with or "", (*tag.path, "compared_with")
    counters = [signal for signal, other in signals.items() if other.entry.kind == "totalizer"]
    if name not in counters:
        problems.add(path, f"'{name}' is not a totalizer of {tag.unit}; {did_you_mean(name, counters)}")
    if tag.entry.counts_when is not None:
        problems.add(path, "a rate that is compared counts at no time; remove counts_when, or compared_with")


def _check_gate(tag: TagPart, signals: dict[str, TagPart], problems: Problems) -> None:
    gate, path = tag.entry.counts_when, (*tag.path, "counts_when")
    assert gate is not None  # noqa: S101 - asked only where it is given
    if tag.entry.kind not in ("totalizer", "rate"):
        problems.add(path, f"a tag of kind {tag.entry.kind} has no counts_when; it is for totalizers and rates")
        return
    if not _is_read_with(tag, gate.signal, signals, (*path, "signal"), problems):
        return
    if signals[gate.signal].entry.kind != "gauge":
        problems.add((*path, "signal"), f"'{gate.signal}' is no gauge; name the gauge that shows what is made")
    word = signals[gate.signal].entry
    if (word.bit is not None or word.on_when) and not set(gate.shows) & {0.0, 1.0}:
        problems.add((*path, "is"), f"'{gate.signal}' is 0 or 1, so it would never count; give 1, or 0")
    for other in signals.values():
        theirs = other.entry.counts_when
        if (
            theirs is None
            or theirs.signal not in signals
            or other.entry.signal >= tag.entry.signal
            or not _reads_the_same(tag, other)
        ):
            continue
        both = sorted(set(gate.shows) & set(theirs.shows)) if theirs.signal == gate.signal else gate.shows
        if both:
            problems.add(
                path,
                f"'{tag.name}' and '{other.name}' read one counter and both count at {both[0]:g}: every tonne would "
                "count twice; give each its own values of one signal",
            )


def _is_read_with(
    tag: TagPart, name: str, signals: dict[str, TagPart], path: tuple[str | int, ...], problems: Problems
) -> bool:
    other = signals.get(name)
    if other is None or other is tag:
        known = [signal for signal in signals if signal != tag.entry.signal]
        problems.add(path, f"'{name}' is not another signal of {tag.unit}; {did_you_mean(name, known)}")
        return False
    if other.entry.formula is not None and tag.entry.formula is not None:
        problems.add(path, f"'{name}' has a formula itself; write out what it is made of")
        return False
    if other.entry.kind == "event":
        problems.add(path, f"'{name}' counts events and has no value; name a gauge, a totalizer or a rate")
        return False
    if other.entry.source != tag.entry.source:
        problems.add(
            path, f"'{name}' is read by {other.entry.source}, and '{tag.name}' by {tag.entry.source}; give one source"
        )
        return False
    return True


def _reads_the_same(tag: TagPart, other: TagPart) -> bool:
    mine, theirs = tag.entry, other.entry
    return (mine.source, mine.model_extra, mine.formula) == (theirs.source, theirs.model_extra, theirs.formula)
