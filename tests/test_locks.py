"""The locks fit pyproject.toml, pin every package with hashes, and name no place to fetch from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {"run": ("build",), "dev": ("build", "dev")}


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / f"deploy/locks/{lock}.txt").read_text(), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def unmet(requirements: list[str], pinned: dict[str, str]) -> list[str]:
    """The requirements that no pin satisfies."""
    parsed = [Requirement(text) for text in requirements]
    names = {item: re.sub(r"[-_.]+", "-", item.name).lower() for item in parsed}
    return [
        str(item) for item in parsed if names[item] not in pinned or not item.specifier.contains(pinned[names[item]])
    ]


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_requirement_of_pyproject_is_met_by_the_lock(lock: str) -> None:
    wanted = [*PROJECT["dependencies"]]
    for extra in EXTRAS[lock]:
        wanted += PROJECT["optional-dependencies"][extra]
    assert unmet(wanted, pins(lock)) == [], "run `make lock`"


def test_the_check_above_can_fail() -> None:
    assert unmet(["numpy>=99", "nothing-of-that-name"], pins("run")) == ["numpy>=99", "nothing-of-that-name"]


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_pin_has_hashes_and_no_address_stands_in_the_lock(lock: str) -> None:
    text = (ROOT / f"deploy/locks/{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "index" not in text


def test_what_runs_is_the_same_in_both_locks() -> None:
    dev = pins("dev")
    assert {name: version for name, version in pins("run").items() if dev.get(name) != version} == {}


FIXED = {"grafana-api", "grafana-foundation-sdk"}
"""The newest of one; and of the other, the line that an open range does not find."""


def test_versions_in_pyproject_are_ranges() -> None:
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        assert ("==" in text) == (Requirement(text).name in FIXED)
        assert Requirement(text).specifier, f"{text} has no lower bound"
