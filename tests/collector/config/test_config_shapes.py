"""Every two keys of a tag's shape: allowed together, or refused in one line with what to do."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.config.load import load
from collector.errors import ConfigurationError

Said = Callable[..., list[str]]
BASE: dict[str, dict[str, Any]] = {
    "gauge": {"unit_of_measure": "1"},
    "totalizer": {"unit_of_measure": "t", "product": "ore", "max_rate_per_h": 900},
    "rate": {"unit_of_measure": "t/h", "product": "ore", "high": 1500},
    "event": {"unit_of_measure": "t", "product": "ore"},
}
OWN: dict[str, dict[str, Any]] = {
    "totalizer": {
        "modulus": 60000,
        "back_step": 0.5,
        "resolution": 1,
        "resets": "shift",
        "reset_within": "5m",
        "reset_signal": "flag",
    },
    "rate": {"integrate": "step", "longest_bridge": "1m", "stands_for": "10m", "zero_below": 5},
    "event": {"key_reuse": "separate", "pair_within": "6h"},
    "gauge": {"bit": 3, "on_when": [2, 3]},
}
SHARED: dict[str, Any] = {
    "low": 0,
    "high": 70000,
    "formula": {"gauge": "word * 2", "totalizer": "weight * 2", "rate": "flow * 2", "event": "weight * 2"},
    "counts_when": {"signal": "word", "is": [2]},
    "role": "activity",
    "nominal": 1,
    "source_unit_of_measure": {"gauge": "1", "totalizer": "kg", "rate": "kg/s", "event": "kg"},
}
NEEDS: dict[str, dict[str, Any]] = {
    "reset_within": {"resets": "shift"},
    "role": {"nominal": 1000},
    "nominal": {"role": "activity", "nominal": 1000},
    "pair_within": {"low": 20},
}
NEVER: dict[str, set[str]] = {
    "gauge": {"counts_when"},
    "totalizer": {"role", "nominal"},
    "rate": set(),
    "event": {"formula", "counts_when", "role", "nominal"},
}
"""Shared keys that a kind does not have."""
REFUSED: dict[str, set[frozenset[str]]] = {
    "gauge": {
        frozenset(pair)
        for pair in (
            ("bit", "on_when"),
            ("bit", "formula"),
            ("on_when", "formula"),
            *((word, key) for word in ("bit", "on_when") for key in ("low", "high", "source_unit_of_measure")),
            ("formula", "source_unit_of_measure"),
        )
    },
    "totalizer": {frozenset(("formula", "source_unit_of_measure"))},
    "rate": {frozenset(("formula", "source_unit_of_measure"))},
    "event": {frozenset(("key_reuse", "pair_within"))},
}
"""Of keys with values that are sound by themselves, those that are nonsense together."""


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """The lines that a configuration with these tags is refused with; none if it is sound."""

    def check(*tags: dict[str, Any]) -> list[str]:
        def gauge(signal: str, **more: object) -> dict[str, object]:
            return {"signal": signal, "kind": "gauge", "source": "plc", "node": f"nsu=urn:p;s={signal}", **more}

        helpers = [
            gauge("word", unit_of_measure="1"),
            gauge("flag", unit_of_measure="1", bit=0),
            gauge("weight", unit_of_measure="t"),
            gauge("flow", unit_of_measure="t/h"),
        ]
        document = {
            "version": 1,
            "site": {"code": "works", "names": {"en": "Works"}, "zone": "Asia/Almaty"},
            "products": [
                {"code": "ore", "names": {"en": "Ore"}, "definition": "as mined", "basis": "wet"},
                {"code": "slag", "names": {"en": "Slag"}, "definition": "as cast", "basis": "wet"},
            ],
            "shops": [
                {
                    "code": "mines",
                    "names": {"en": "Mines"},
                    "calendar": {"day_start": "08:00", "shift_starts": ["08:00", "20:00"]},
                    "units": [{"code": "mine1", "kind": "mine", "names": {"en": "Mine 1"}, "tags": [*helpers, *tags]}],
                }
            ],
            "sources": [
                {"name": "plc", "type": "opcua", "url": "opc.tcp://127.0.0.1:4840", "security": {"policy": "None"}},
                {"name": "scale", "type": "modbus", "host": "127.0.0.1"},
            ],
        }
        (tmp_path / "plant.yaml").write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
        try:
            load(tmp_path / "plant.yaml")
        except ConfigurationError as error:
            return [line for line in str(error).splitlines() if "plant.yaml:" in line]
        return []

    return check


def tag(kind: str, *keys: str, **more: object) -> dict[str, Any]:
    """A tag of that kind with sound values of these keys, and with what they need beside them."""
    made: dict[str, Any] = {"signal": "tried", "kind": kind, "source": "plc", **BASE[kind]}
    for key in keys:
        value = next((own[key] for own in OWN.values() if key in own), SHARED.get(key))
        if key in ("formula", "source_unit_of_measure"):
            value = value[kind]
        made |= {key: value} | {need: at for need, at in NEEDS.get(key, {}).items() if need not in keys or need == key}
    if "nominal" in made:
        made["nominal"] = 1 if kind == "gauge" and {"bit", "on_when"} & made.keys() else 1000
    if made.get("low") == 0 and "pair_within" in made:
        made["low"] = 20
    place = {"ring": {name: f"nsu=urn:p;s={name}" for name in ("head", "sequence", "key", "tonnes", "end")}}
    if "formula" not in made:
        made |= place if kind == "event" else {"node": "nsu=urn:p;s=tried"}
    return made | more


@pytest.mark.parametrize("kind", list(BASE))
def test_any_two_keys_go_together_or_are_refused_with_what_to_do(said: Said, kind: str) -> None:
    keys = [*OWN[kind], *(key for key in SHARED if key not in NEVER[kind])]
    wrong = {}
    for pair in combinations(keys, 2):
        lines = said(tag(kind, *pair))
        expected = 1 if frozenset(pair) in REFUSED[kind] else 0
        if len(lines) != expected or any(";" not in line for line in lines):
            wrong[pair] = lines
    assert wrong == {}


@pytest.mark.parametrize(
    ("data_type", "modulus", "words"),
    [
        ("uint32", 4294967.296, ""),
        ("uint32", 1000, ""),
        ("uint64", 18446744073709551.616, ""),
        (
            "uint32",
            18446744073709551.616,
            "18446744073709550 t is more than uint32 holds; give 4294967.296, or correct",
        ),
        ("int16", 65.536, "65.536 t is more than int16 holds; give 32.768, or correct type"),
    ],
)
def test_a_modulus_beyond_the_type_of_its_registers_is_refused(
    said: Said, data_type: str, modulus: float, words: str
) -> None:
    made = tag("totalizer", source="scale", register=100, type=data_type, modulus=modulus, max_rate_per_h=9)
    del made["node"]
    lines = said(made | {"source_unit_of_measure": "kg"})
    assert len(lines) == (1 if words else 0), lines
    assert words in "".join(lines)


@pytest.mark.parametrize("kind", list(BASE))
def test_a_key_of_another_kind_is_refused_in_one_line(said: Said, kind: str) -> None:
    others = [key for other, own in OWN.items() if other != kind for key in own]
    wrong = {}
    for key in (*others, *NEVER[kind]):
        made = tag(kind)
        made[key] = tag(next((other for other, own in OWN.items() if key in own), "rate"), key)[key]
        lines = said(made)
        if not 1 <= len(lines) <= 2 or not all("tried" in line or "tags[4]" in line for line in lines):
            wrong[key] = lines
    assert wrong == {}


NEWEST = {name: f"nsu=urn:p;s={name}" for name in ("tonnes", "counter", "key", "ready", "end", "tare")}


def newest(*members: str, numbered: bool | None = None, **keys: object) -> dict[str, Any]:
    made = tag("event", **keys)
    del made["ring"]
    told = {} if numbered is None else {"numbered": numbered}
    return made | {"newest": {name: NEWEST[name] for name in ("tonnes", *members)} | told}


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (tag("totalizer", "modulus", low=5), "low: beside modulus: a counter that starts again from 0"),
        (tag("totalizer", "resets", low=5), "low: beside resets: a counter that is set to 0"),
        (tag("totalizer", "reset_signal", low=5), "low: beside reset_signal: a counter that is set to 0"),
        (tag("totalizer", "modulus", high=999), "high: beside modulus: the counter goes on to modulus"),
        (tag("totalizer", modulus=2, max_rate_per_h=900, cadence="10s"), "modulus: beside max_rate_per_h"),
        (tag("totalizer", back_step=70000, modulus=65536), "back_step: 70000 is not below modulus"),
        (tag("totalizer", resolution=70000, modulus=65536), "resolution: 70000 is not below modulus"),
        (
            tag("totalizer", max_rate_per_h=1e16),
            "max_rate_per_h: 1e+16 t is 10,000,000,000,000,000 t, more than any works",
        ),
        (tag("totalizer", resolution=2e6), "resolution: 2e+06 t is 2,000,000 t, more than any works makes in an hour"),
        (tag("totalizer", back_step=2e6), "back_step: 2e+06 t is 2,000,000 t, more than any works makes in an hour"),
        (tag("rate", high=1e9), "high: 1e+09 t/h is 1,000,000,000 t, more than any works makes in an hour"),
        (
            tag("totalizer", modulus=2**32, source_unit_of_measure="kg"),
            "modulus: 4294967296 kg is where a counter of 32 bits starts again, but this key is in t; give 4294967.296",
        ),
        (
            tag("totalizer", modulus=2**64, max_rate_per_h=900, source_unit_of_measure="kg"),
            "this key is in t; give 18446744073709551.616",
        ),
        (tag("totalizer", reset_signal="weight2"), "'weight2' is not another signal"),
        (tag("totalizer", "counts_when", reset_signal="word"), "'word' is what counts_when goes by as well"),
        (tag("totalizer", counts_when={"signal": "flag", "is": [2, 3]}), "'flag' is 0 or 1, so it would never count"),
        (tag("rate", low=5), "low: a belt that stands shows 0"),
        (tag("rate", longest_bridge="5s"), "longest_bridge: 5s is shorter than the cadence, 10s"),
        (tag("rate", stands_for="5s"), "stands_for: 5s is shorter than the cadence, 10s"),
        (tag("rate", role="activity", nominal=2000), "nominal: beside high: it is above high"),
        (tag("rate", role="activity", nominal=5, zero_below=5), "zero_below: beside nominal: what it shows at full"),
        (tag("rate", zero_below=1500), "zero_below: 1500 is not below high"),
        (tag("rate", density_t_per_m3=1.8), "density"),
        (tag("gauge", role="activity", nominal=20, high=10), "nominal: beside high"),
        (tag("gauge", formula="word * 2 / 0"), "it divides by 0, and has no value ever"),
        (tag("gauge", formula="word / (3 - 3)"), "it divides by 0"),
        (tag("gauge", formula="word / (flag - flag)"), "it divides by 0"),
        (tag("gauge", formula="word + 0 * flag"), "a part of it is multiplied by 0"),
        (newest("ready", numbered=False), "newest: numbered says how the works' numbers count"),
        (newest("ready", numbered=True), "newest: numbered says how the works' numbers count"),
        (newest("counter", numbered=False), "newest: numbered says how the works' numbers count"),
        (newest("counter", pair_within="6h", low=20), "newest: with pair_within give its key"),
        (newest("counter", "key", "tare", pair_within="6h", low=20), "newest: tare is taken away from each"),
        (newest("key", pair_within="6h", low=20), "newest: with pair_within give its counter"),
        (newest("key", key_reuse="separate"), "key_reuse: a device that shows its newest event tells them apart"),
        (newest("tare"), "by what is a new one told from the one before?"),
    ],
)
def test_keys_whose_values_make_nonsense_are_refused_in_one_line(said: Said, made: dict[str, Any], words: str) -> None:
    if "formula" in made:
        made.pop("node", None)
    lines = said(made)
    assert len(lines) == 1, lines
    assert words in lines[0]
    assert any(sign in lines[0] for sign in (";", "?", "give "))


@pytest.mark.parametrize(
    "made",
    [
        newest("ready"),
        newest("counter", "key", numbered=False),
        newest("counter", "key", pair_within="6h", low=20),
        newest("key", "end", "ready", "tare"),
        tag("gauge", formula="word / (flag + 1)"),
        tag("totalizer", "modulus", low=0, high=65536),
    ],
)
def test_what_looks_alike_and_is_sound_is_taken(said: Said, made: dict[str, Any]) -> None:
    if "formula" in made:
        made.pop("node", None)
    assert said(made) == []


def test_a_slip_in_the_signal_of_counts_when_is_one_line_however_many_products_take_turns(said: Said) -> None:
    def turn(signal: str, gate: str, shows: int, product: str) -> dict[str, Any]:
        made = tag("totalizer", counts_when={"signal": gate, "is": [shows]}, product=product)
        return made | {"signal": signal}

    names = ("rails", "beams", "tubes")
    for wrong in range(3):
        gates = ["word" if n != wrong else "wrod" for n in range(3)]
        turns = [turn(name, gates[n], n, ("ore", "slag")[n % 2]) for n, name in enumerate(names)]
        lines = said(*turns)
        assert len(lines) == 1, lines
        assert "'wrod' is not another signal of mine1; did you mean word?" in lines[0]
