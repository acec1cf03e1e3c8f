"""`tundish status` says how far the group is with what this works published."""

from pathlib import Path

from typer.testing import CliRunner

from collector.cli.group_line import group_line
from collector.cli.main import app
from collector.storage.ledger.group_queue import GroupStream, GroupWaiting
from tests.collector.service.works_document import works_settings
from tests.collector.storage.ledger.ledgers import opened

STREAM = GroupStream("0123456789abcdef" * 2, 43, 41, None)


def test_the_line_says_what_the_group_has_and_what_waits_since_when() -> None:
    assert group_line(None) == "group: nothing was sent yet"
    assert (
        group_line(GroupWaiting(STREAM, 7, 0, None)) == "group: has 41 of 43 messages of stream 01234567; 7 rows wait"
    )
    waiting = GroupWaiting(STREAM, 0, 2, 1_790_751_600 * 10**9)
    assert group_line(waiting).endswith("; the oldest message waits since 2026-09-30 07:00:00Z")


async def test_status_has_the_line_only_where_there_is_a_group(tmp_path: Path) -> None:
    settings = works_settings(tmp_path)
    settings.data_dir.mkdir(exist_ok=True)
    await opened(settings.data_dir, demo=False).close()
    file = str(tmp_path / "plant.yaml")
    assert "group:" not in CliRunner().invoke(app, ["status", "--plant", file]).output
    works_settings(tmp_path, group={"bootstrap": ["127.0.0.1:1"]})
    assert "group: nothing was sent yet" in CliRunner().invoke(app, ["status", "--plant", file]).output
