"""Files for the other side: numbered without a hole, hashed, bounded, and whole whatever happens here."""

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.diode.diode_file import DamagedFile, DiodeFile, decode_file, encode_file
from collector.diode.outbox_folder import OutboxFolder
from collector.diode.settings import DiodeSettings
from collector.errors import CannotStart, SinkUnavailable
from collector.influx.packing import gzip_member
from models.works.table import RowKey

LINE = b"telemetry,site=works,unit=bf3 value=1.0 1790751600000000000\n"
KEY = RowKey.of("output_day", 1_790_751_600_000_000_000, {"unit": "bf3", "product": "чугун"})
FILE = DiodeFile("works", False, "a" * 32, 5, 17, "rows", LINE, (KEY,))


def outbox(folder: Path, most: int = 10**9) -> OutboxFolder:
    return OutboxFolder(DiodeSettings(folder / "out", most), folder / "diode.json", "works", simulated=False)


def files(folder: Path) -> list[DiodeFile]:
    return [decode_file(path.name, path.read_bytes()) for path in sorted((folder / "out").glob("*.tundish"))]


def test_a_file_comes_back_as_it_was() -> None:
    name, content = encode_file(FILE)
    assert name.startswith("0000000017-")
    assert decode_file(name, content) == FILE


@given(st.data())
def test_a_file_of_which_anything_turned_or_is_cut_off_is_damaged(data: st.DataObject) -> None:
    name, content = encode_file(FILE)
    place = data.draw(st.integers(0, len(content) - 1))
    turned = bytearray(content)
    turned[place] ^= 1 << data.draw(st.integers(0, 7))
    for broken in (bytes(turned), content[:place], content + b"x"):
        with pytest.raises(DamagedFile, match="its hash is not the one in its name"):
            decode_file(name, broken)


def test_a_small_file_that_unpacks_to_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    name, content = encode_file(DiodeFile("works", False, "s", 5, 1, "telemetry", LINE * 10_000))
    monkeypatch.setattr("collector.diode.diode_file.MOST_BYTES", len(LINE) * 9_999)
    with pytest.raises(DamagedFile, match="too many"):
        decode_file(name, content)


async def test_numbers_go_on_over_starts_though_files_are_taken_away(tmp_path: Path) -> None:
    for _ in range(3):
        one = outbox(tmp_path)
        await one.write("telemetry", gzip_member(LINE))
        await one.put("rows", LINE, [KEY])
        for path in sorted((tmp_path / "out").iterdir())[:-1]:
            path.unlink()
    (last,) = files(tmp_path)
    assert (last.number, last.kind, last.withdrawn) == (6, "rows", (KEY,))
    assert not list((tmp_path / "out").glob(".*")), "no half file is left"


async def test_a_number_that_was_cut_off_by_a_power_cut_gets_a_void_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = outbox(tmp_path)
    await one.write("telemetry", gzip_member(LINE))

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OutboxFolder, "_make", cut)
        with pytest.raises(KeyboardInterrupt):
            one._put("telemetry", LINE, ())
    await outbox(tmp_path).write("telemetry", gzip_member(LINE))
    assert [(file.number, file.kind) for file in files(tmp_path)] == [(1, "telemetry"), (2, "void"), (3, "telemetry")]
    assert len({file.series for file in files(tmp_path)}) == 1


async def test_a_folder_that_nobody_empties_takes_no_more_than_is_allowed_and_says_so(tmp_path: Path) -> None:
    one = outbox(tmp_path, most=400)
    said = ""
    for _ in range(10):
        try:
            await one.write("telemetry", gzip_member(LINE))
        except SinkUnavailable as error:
            said = str(error)
    assert "nobody takes files away" in said
    held = sum(path.stat().st_size for path in (tmp_path / "out").iterdir())
    assert held <= 400 + 400
    for path in (tmp_path / "out").iterdir():
        path.unlink()
    await one.write("telemetry", gzip_member(LINE))
    assert len(files(tmp_path)) == 1, "and goes on when there is room"


async def test_a_count_that_cannot_be_read_is_told_and_a_folder_that_cannot_be_made_waits(tmp_path: Path) -> None:
    (tmp_path / "diode.json").write_text(json.dumps({"series": 5}))
    with pytest.raises(CannotStart, match="everything is sent anew"):
        await outbox(tmp_path).open()
    (tmp_path / "diode.json").unlink()
    (tmp_path / "out").rmdir()
    (tmp_path / "out").write_text("a file")
    with pytest.raises(SinkUnavailable, match="out"):
        await outbox(tmp_path).open()


async def test_two_senders_at_once_share_one_count(tmp_path: Path) -> None:
    one = outbox(tmp_path)
    await asyncio.gather(*(one.put("rows", LINE) for _ in range(20)))
    assert [file.number for file in files(tmp_path)] == list(range(1, 21))
