"""What a person is answered who does something at the desk."""

from pathlib import Path

from collector.access.access_file import AccessFile
from dashboards.web.acting import Acting
from dashboards.web.texts import text
from dashboards.web.viewer import Viewer


async def test_an_action_while_the_users_cannot_be_read_is_answered_and_not_done(tmp_path: Path) -> None:
    (tmp_path / "access.db").write_bytes(b"\xff" * 8192)
    done: list[object] = []
    acting = Acting(Viewer(AccessFile(tmp_path), token="t"), "en")
    assert await acting.do(done.append) == text("action_failed", "en")
    assert done == []
