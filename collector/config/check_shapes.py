"""Which keys of a tag say something only together, or nothing any more beside another: refused with its cure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from collector.config.duration import duration_text
from collector.config.problem import Path, Problems
from collector.config.unit_document import TagEntry


@dataclass(frozen=True, slots=True)
class _Nonsense:
    """Two keys of one tag that do not go together, if `holds`: which of them is named, and what to do."""

    key: str
    beside: str
    sentence: str
    holds: Callable[[TagEntry], bool] = lambda _: True


def _starts_at_zero(entry: TagEntry) -> bool:
    return (entry.low or 0.0) > 0


PAIRS = (
    _Nonsense("bit", "formula", "what a formula makes has no bits; give bit to the gauge of the word itself"),
    _Nonsense("on_when", "formula", "what a formula makes is no mode; give on_when to the gauge of the mode itself"),
    _Nonsense("key_reuse", "pair_within", "a net event is known by its number and its time; remove key_reuse"),
    _Nonsense(
        "low", "modulus", "a counter that starts again from 0 is below it then; remove low, or give 0", _starts_at_zero
    ),
    _Nonsense("low", "resets", "a counter that is set to 0 is below it then; remove low, or give 0", _starts_at_zero),
    _Nonsense(
        "low", "reset_signal", "a counter that is set to 0 is below it then; remove low, or give 0", _starts_at_zero
    ),
    _Nonsense(
        "high",
        "modulus",
        "the counter goes on to modulus, and every value above high would be refused; remove high",
        lambda entry: (entry.high or 0.0) < (entry.modulus or 0.0),
    ),
    _Nonsense(
        "modulus",
        "max_rate_per_h",
        "the counter may start again within one cadence, and nobody could tell how often; give a shorter cadence, or "
        "correct modulus or max_rate_per_h",
        lambda entry: (entry.max_rate_per_h or 0.0) * entry.cadence / 3600 >= (entry.modulus or 0.0),
    ),
    _Nonsense(
        "nominal",
        "high",
        "it is above high, so full work would be refused; correct one of the two",
        lambda entry: (entry.nominal or 0.0) > (entry.high or 0.0),
    ),
    _Nonsense(
        "zero_below",
        "nominal",
        "what it shows at full work would not count; give what an empty scale shows at the most",
        lambda entry: (entry.zero_below or 0.0) >= (entry.nominal or 0.0),
    ),
)
"""Of what is given, by the key that is named. Keys of one kind beside a tag of another are told by `check_tags`."""


def check_shapes(entry: TagEntry, address: object, path: Path, problems: Problems) -> None:
    """Refuse keys of one tag that do not go together; of an `address` that names the members of a newest event too."""
    given = entry.model_fields_set
    for pair in PAIRS:
        if pair.key in given and pair.beside in given and not problems.under((*path, pair.key)) and pair.holds(entry):
            problems.add((*path, pair.key), f"beside {pair.beside}: {pair.sentence}")
    if entry.kind == "rate":
        _check_rate(entry, path, problems)
    newest = getattr(address, "newest", None)
    if entry.kind == "event" and newest is not None:
        for key, sentence in _of_newest(entry, newest):
            problems.add((*path, key), sentence)


def _check_rate(entry: TagEntry, path: Path, problems: Problems) -> None:
    if _starts_at_zero(entry):
        problems.add((*path, "low"), "a belt that stands shows 0, which would be refused; remove low, or give 0")
    for key in ("longest_bridge", "stands_for"):
        lasts_s = getattr(entry, key)
        if lasts_s is not None and lasts_s < entry.cadence:
            problems.add(
                (*path, key),
                f"{duration_text(lasts_s)} is shorter than the cadence, {duration_text(entry.cadence)}: nothing would "
                "count; give some cadences",
            )


def _of_newest(entry: TagEntry, newest: object) -> Iterator[tuple[str, str]]:
    key = getattr(newest, "key", None)
    if "numbered" in getattr(newest, "model_fields_set", ()) and key is None:
        yield "newest", "numbered says how the works' numbers count; give key, or remove numbered"
    if "key_reuse" in entry.model_fields_set and entry.pair_within is None:
        yield "key_reuse", "a device that shows its newest event tells them apart itself; remove key_reuse"
    if entry.pair_within is None:
        return
    if key is None:
        yield (
            "newest",
            "with pair_within give its key: the number that a full and an empty weighing share",
        )
    if getattr(newest, "tare", None) is not None:
        yield "newest", "tare is taken away from each weighing already; remove tare, or pair_within"
