"""What must hold for each tag: its kind and keys, units of measure, limits, product, source and address."""

from dataclasses import dataclass
from typing import Any

from collector.config.check_derived import check_derived
from collector.config.check_greatest import check_greatest
from collector.config.check_shapes import check_shapes
from collector.config.conversion import UnitError, check_unit, conversion, grams_per_unit, grams_per_unit_h
from collector.config.duration import duration_text
from collector.config.entries import Entries, SourcePart, TagPart
from collector.config.planned_resets import check_resets
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean, parse
from collector.config.unit_document import TagEntry
from models.counting.status_text import folded

# A tag of another kind with one of these was meant to be of this kind, or has a key too many: either needs a person.
_OF_ONE_KIND = {
    "totalizer": ("modulus", "max_rate_per_h", "back_step", "resolution", "resets", "reset_within", "reset_signal"),
    "rate": ("density_t_per_m3", "integrate", "longest_bridge", "stands_for", "zero_below", "compared_with"),
    "event": ("key_reuse", "pair_within"),
    "gauge": ("bit", "on_when", "texts"),
}


@dataclass(frozen=True, slots=True)
class ResolvedTag:
    """A tag and its address, parsed by the type of its source."""

    part: TagPart
    address: Any


def check_tags(entries: Entries, problems: Problems) -> list[ResolvedTag]:
    """Check every tag; those with a sound address come back, in their order."""
    sources = {source.name: source for source in entries.sources}
    resolved = []
    _check_activities(entries, problems)
    for tag in entries.tags:
        source = _source(tag, entries, sources, problems)
        address = _address(tag, source, problems) if source else None
        is_made = source is not None and tag.entry.formula is not None
        keys_sound = not problems.under(tag.path)  # a misspelt key must not also be reported as a missing one
        _check_product(tag, entries, problems)
        _check_kind(tag.entry, tag.path, problems, keys_sound=keys_sound)
        _check_role(tag.entry, tag.path, problems)
        _check_units_of_measure(tag.entry, tag.path, problems)
        _check_limits(tag.entry, tag.path, problems)
        check_greatest(tag.entry, address, tag.path, problems)
        check_resets(tag.entry, tag.path, problems)
        _check_word(tag.entry, tag.path, problems)
        _check_texts(tag.entry, tag.path, problems)
        _check_pair(tag.entry, address, tag.path, problems)
        check_shapes(tag.entry, address, tag.path, problems)
        if source:
            _check_cadence(tag, source, problems)
        if address is not None or is_made:
            resolved.append(ResolvedTag(tag, address))
    check_derived(entries, problems)
    _check_read_once(resolved, problems)
    return resolved


def _check_read_once(tags: list[ResolvedTag], problems: Problems) -> None:
    """A counter is read by one tag: a line that was copied and not corrected would count every tonne twice."""
    first: dict[object, TagPart] = {}
    for tag in tags:
        entry = tag.part.entry
        if entry.kind == "gauge":
            continue
        key = entry.source, repr(tag.address), entry.formula
        # A tag that is given twice is told as that.
        before = first.setdefault(key, tag.part)
        take_turns = entry.counts_when is not None and before.entry.counts_when is not None
        if before.name != tag.part.name and not take_turns:  # of two that take turns, their values are compared
            problems.add(
                tag.part.path,
                f"'{tag.part.name}' reads what '{before.name}' reads, and every tonne would count twice; correct its "
                "address",
            )


def _source(tag: TagPart, entries: Entries, sources: dict[str, SourcePart], problems: Problems) -> SourcePart | None:
    known = entries.known("source")
    if tag.entry.source not in known:
        problems.add(
            (*tag.path, "source"), f"'{tag.entry.source}' is not a source; {did_you_mean(tag.entry.source, known)}"
        )
    return sources.get(tag.entry.source)


def _address(tag: TagPart, source: SourcePart, problems: Problems) -> object | None:
    model = source.type.address
    extra = tag.entry.model_extra or {}
    if tag.entry.formula is not None:
        for key in extra:
            problems.add((*tag.path, key), "a tag with a formula is read nowhere; remove its address")
        return None
    common = sorted(TagEntry.model_fields)
    address = parse(model, extra, tag.path, problems, also_known=common)
    if address is None:
        return None
    complaint = source.type.complaint(address, tag.entry.kind)
    if complaint is not None:
        problems.add(tag.path, complaint)
    named = None if source.config is None else source.type.named(source.config, address)
    if named is not None and named[1] not in named[2]:
        key, name, known = named
        problems.add((*tag.path, key), f"source {source.name} has no '{name}' there; {did_you_mean(name, known)}")
    return address


def _check_product(tag: TagPart, entries: Entries, problems: Problems) -> None:
    product, known = tag.entry.product, entries.known("product")
    if product is not None and product not in known:
        problems.add(
            (*tag.path, "product"), f"'{product}' is not a product of this plant; {did_you_mean(product, known)}"
        )


def _check_kind(entry: TagEntry, path: Path, problems: Problems, *, keys_sound: bool) -> None:
    given = entry.model_fields_set
    if entry.compared_with is not None and entry.product is not None:
        problems.add((*path, "product"), "a rate that is compared counts nothing; remove product, or compared_with")
    if keys_sound and entry.kind != "gauge" and entry.product is None and entry.compared_with is None:
        problems.add(path, f"the key product is missing; say what this {entry.kind} counts")
    if keys_sound and entry.kind == "totalizer" and entry.max_rate_per_h is None:
        problems.add(
            path,
            "the key max_rate_per_h is missing; give the largest plausible increase per hour (the belt's capacity)",
        )
    if entry.kind == "gauge" and entry.product is not None:
        problems.add(
            (*path, "product"),
            "a gauge does not count a product; remove the key, or make the tag a totalizer or a rate",
        )
    if keys_sound and entry.kind == "rate" and entry.high is None:
        problems.add(path, "the key high is missing; give the greatest plausible rate: it bounds what a gap may hide")
    for kind, keys in _OF_ONE_KIND.items():
        for key in keys:
            if entry.kind != kind and key in given:
                a_kind = f"an {kind}" if kind == "event" else f"a {kind}"
                problems.add((*path, key), f"only {a_kind} has {key}; remove it, or make the tag {a_kind}")


def _check_activities(entries: Entries, problems: Problems) -> None:
    first: dict[str, str] = {}
    for tag in entries.tags:
        if tag.entry.role == "activity" and first.setdefault(tag.unit, tag.name) != tag.name:
            problems.add(
                (*tag.path, "role"), f"{first[tag.unit]} already shows the activity of {tag.unit}; give one signal"
            )


def _check_role(entry: TagEntry, path: Path, problems: Problems) -> None:
    """A role and a nominal go together, and are of gauges and rates."""
    if entry.kind not in ("gauge", "rate"):
        for key in ("role", "nominal"):
            if getattr(entry, key) is not None:
                problems.add((*path, key), f"only a gauge or a rate has {key}; remove it")
    elif entry.role is not None and entry.nominal is None:
        problems.add(path, "the key nominal is missing; give what the signal shows at full work")
    elif entry.nominal is not None and entry.role is None:
        problems.add(path, "the key role is missing; say what the signal shows of its unit")


def _check_units_of_measure(entry: TagEntry, path: Path, problems: Problems) -> None:
    at = (*path, "unit_of_measure")
    try:
        if entry.kind == "totalizer":
            grams_per_unit(entry.unit_of_measure)
        elif entry.kind == "rate":
            grams_per_unit_h(entry.unit_of_measure, entry.density_t_per_m3)
        elif entry.kind == "event" and entry.unit_of_measure != "t":
            problems.add(
                at,
                f"'{entry.unit_of_measure}' is not t; an event is kept in tonnes: give t here, and the "
                "unit of the source as source_unit_of_measure",
            )
        else:
            check_unit(entry.unit_of_measure)
        if entry.source_unit_of_measure is not None:
            at = (*path, "source_unit_of_measure")
            check_unit(entry.source_unit_of_measure)
            conversion(entry.source_unit_of_measure, entry.unit_of_measure)
    except UnitError as error:
        problems.add(at, str(error))


def _check_limits(entry: TagEntry, path: Path, problems: Problems) -> None:
    if entry.low is not None and entry.high is not None and entry.low >= entry.high:
        problems.add((*path, "low"), f"{entry.low:g} is not below high, {entry.high:g}; give the lower limit here")
    if entry.zero_below is not None and entry.high is not None and entry.zero_below >= entry.high:
        problems.add(
            (*path, "zero_below"),
            f"{entry.zero_below:g} is not below high, {entry.high:g}; give what an empty scale shows at the most",
        )
    if entry.modulus is not None and entry.back_step >= entry.modulus:
        problems.add(
            (*path, "back_step"),
            f"{entry.back_step:g} is not below modulus, {entry.modulus:g}; give the size of the scale's jitter",
        )
    if entry.modulus is not None and entry.resolution is not None and entry.resolution >= entry.modulus:
        problems.add(
            (*path, "resolution"),
            f"{entry.resolution:g} is not below modulus, {entry.modulus:g}; give the step by which the counter moves",
        )


def _check_word(entry: TagEntry, path: Path, problems: Problems) -> None:
    """What is 0 or 1 has no scale and no limits of its own."""
    if entry.kind != "gauge" or (entry.bit is None and not entry.on_when):
        return
    if entry.bit is not None and entry.on_when:
        problems.add((*path, "on_when"), "a tag shows a bit or a number of its word; give bit or on_when")
    if entry.unit_of_measure != "1":
        problems.add((*path, "unit_of_measure"), f"'{entry.unit_of_measure}' is not 1; what is on or off has no unit")
        return
    for key in ("low", "high", "source_unit_of_measure"):
        if getattr(entry, key) is not None:
            problems.add((*path, key), f"what is on or off has no {key}; remove it")


def _check_texts(entry: TagEntry, path: Path, problems: Problems) -> None:
    """A text stands for one number, and what is no measurement has no unit."""
    if entry.kind != "gauge" or not entry.texts:
        return
    first: dict[str, tuple[str, int]] = {}
    for text, number in entry.texts.items():
        known, before = first.setdefault(folded(text), (text, number))
        if number != before:
            problems.add(
                (*path, "texts", text),
                f"'{text}' and '{known}' differ in capitals or spaces alone; give both one number",
            )
    if entry.bit is not None:
        problems.add((*path, "bit"), "a text has no bits; give its number in texts, and on_when if some of them count")
    elif entry.unit_of_measure != "1" or entry.source_unit_of_measure is not None:
        problems.add((*path, "unit_of_measure"), "what a text stands for has no unit; give unit_of_measure: '1' alone")


def _check_pair(entry: TagEntry, address: object, path: Path, problems: Problems) -> None:
    if entry.kind != "event" or entry.pair_within is None:
        return
    if not entry.low:
        problems.add(path, "the key low is missing; with pair_within give the least that one load weighs, net")
    newest = getattr(address, "newest", None)
    if newest is not None and newest.counter is None:
        problems.add(
            (*path, "newest"), "with pair_within give its counter: by the number alone no weighing can be told again"
        )


def _check_cadence(tag: TagPart, source: SourcePart, problems: Problems) -> None:
    """A source type that polls has a key `poll`, in seconds; one that can do otherwise has a key `mode`."""
    poll = getattr(source.config, "poll", None)
    if getattr(source.config, "mode", "poll") == "poll" and isinstance(poll, float) and tag.entry.cadence < poll:
        cadence, every = duration_text(tag.entry.cadence), duration_text(poll)
        problems.add(
            (*tag.path, "cadence"),
            f"{cadence} is shorter than the poll of {source.name}, {every}; "
            f"give {every} or longer, or let the source poll faster",
        )
