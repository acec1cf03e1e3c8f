"""A ledger whose pages are broken keeps its tonnes: by what is left, by a backup, or as a gap that says so."""

import asyncio
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.works.calendar import NS
from tests.collector.service.works_document import COAL, NOON_NS, ORE, TAPS, works_settings
from tests.support.budget import examples
from tests.support.counted_works import (
    DAYS,
    SPAN_S,
    After,
    CountedWorks,
    built,
    copied,
    go_on,
    pages_of,
    spoil,
)

COUNTED = (COAL, ORE, TAPS)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> CountedWorks:
    folder = tmp_path_factory.mktemp("counted")
    return asyncio.run(built(works_settings(folder).plant, folder))


def after(works: CountedWorks, folder: Path) -> After:
    return asyncio.run(go_on(works.plant, folder))


@pytest.mark.long
def test_files_that_nothing_happened_to_tell_nothing(works: CountedWorks, tmp_path: Path) -> None:
    found = after(works, copied(works, tmp_path / "case"))
    assert (found.sums, found.gaps, found.damage) == (works.truth, [], [])
    assert {tag for tag, _ in works.truth} == set(COUNTED)


@pytest.mark.parametrize("journal", [True, False], ids=["with a journal", "without"])
@pytest.mark.parametrize("kind", ["leaf", "internal"])
def test_lost_increments_are_counted_anew_to_the_gram_from_what_is_kept(
    works: CountedWorks, kind: str, journal: bool, tmp_path: Path
) -> None:
    folder = copied(works, tmp_path / "case", backup=False, journal=journal)
    pages = pages_of(folder, "increment", kind)
    spoil(folder, (pages[1], pages[-2], pages[len(pages) // 2]) if kind == "leaf" else pages)
    found = after(works, folder)
    assert found.sums == works.truth
    assert [item.what for item in found.damage if "counted anew" in item.what]
    assert all(gap.start_ns >= NOON_NS + (DAYS * 86_400 - 900) * NS for gap in found.gaps), "of the missing journal"


def test_a_broken_page_costs_its_own_rows_and_none_of_the_others(works: CountedWorks, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case", backup=False)
    pages = pages_of(folder, "increment")
    spoil(folder, [pages[3], pages[-3], *pages_of(folder, "anchor")])
    found = after(works, folder)
    assert found.untold(works.truth) == []
    odd = {span for tag, span in works.truth if found.sums.get((tag, span)) != works.truth[tag, span]}
    assert 0 < len(odd) <= 8, "two pages hold some hours each"
    told_s = sum((gap.end_ns - gap.start_ns) / NS for gap in found.gaps if gap.end_ns < NOON_NS + 2 * 86_400 * NS)
    assert told_s < 6 * SPAN_S, "and the gap is as narrow"


def test_what_a_backup_has_comes_back_row_by_row(works: CountedWorks, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case")
    pages = pages_of(folder, "increment")
    # Rows of the backup, on a page that went on growing after it.
    spoil(folder, [*pages[2:5], *pages_of(folder, "anchor"), *pages_of(folder, "event", "leaf")[-1:]])
    found = after(works, folder)
    early = {key: grams for key, grams in works.truth.items() if key[1] * SPAN_S < NOON_NS // NS + 86_400}
    assert {key: found.sums.get(key) for key in early} == early
    assert found.untold(works.truth) == []


def test_the_names_of_counters_come_back_from_their_index(works: CountedWorks, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case", backup=False)
    spoil(folder, pages_of(folder, "counter"))
    found = after(works, folder)
    assert (found.sums, found.gaps) == (works.truth, [])


def test_tonnes_of_a_counter_whose_name_is_lost_go_to_no_other(works: CountedWorks, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case", backup=False)
    spoil(folder, [*pages_of(folder, "counter"), *pages_of(folder, "sqlite_autoindex_counter_1")])
    found = after(works, folder)
    assert found.untold(works.truth) == []
    assert sum(found.sums.values()) == sum(works.truth.values()), "none is gone, but nobody claims them"
    assert any(tag.startswith("lost.") for tag, _ in found.sums)


def test_a_journal_that_is_still_full_is_not_counted_twice(works: CountedWorks, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case", backup=False)
    spoil(folder, [*pages_of(folder, "meta"), *pages_of(folder, "totalizer")])
    found = after(works, folder)
    assert found.sums == works.truth


def test_a_counter_whose_state_is_lost_goes_on_where_it_was(works: CountedWorks, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case", backup=False)
    spoil(folder, pages_of(folder, "totalizer"))
    found = after(works, folder)
    assert found.sums == works.truth


@pytest.mark.parametrize("number", [0, 1, -1])
def test_a_broken_page_of_the_schema_costs_no_tonne(works: CountedWorks, number: int, tmp_path: Path) -> None:
    folder = copied(works, tmp_path / "case", backup=False)
    spoil(folder, [pages_of(folder, "sqlite_schema")[number]])
    found = after(works, folder)
    assert found.sums == works.truth


def _cut(folder: Path, share: float) -> None:
    file = folder / "ledger.db"
    with file.open("r+b") as opened:
        opened.truncate(int(file.stat().st_size * share))


@pytest.mark.long
@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), backup=st.booleans(), journal=st.booleans())
@example(seed=1, backup=False, journal=True)
def test_whichever_pages_are_hit_no_tonne_is_missing_or_added_without_a_gap(
    works: CountedWorks, seed: int, backup: bool, journal: bool
) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = copied(works, Path(temporary) / "case", backup=backup, journal=journal)
        count = (folder / "ledger.db").stat().st_size // 4096
        pages = {random.randrange(1, count + 1) for _ in range(random.choice((1, 1, 2, 3, 8)))}
        if random.random() < 0.5:  # most pages are of increments: the small tables are hit as often
            name = random.choice(("meta", "totalizer", "counter", "anchor", "tag", "event", "seal", "configuration"))
            pages |= set(pages_of(folder, name))
        match random.choice(("zeroed", "garbage", "bits", "cut")):
            case "zeroed":
                spoil(folder, pages)
            case "garbage":
                spoil(folder, pages, lambda old: random.randbytes(len(old)))
            case "bits":
                spoil(folder, pages, lambda old: bytes(byte ^ 0x11 for byte in old[:50]) + old[50:])
            case _:
                _cut(folder, random.uniform(0.3, 1.0))
        assert after(works, folder).untold(works.truth) == []
