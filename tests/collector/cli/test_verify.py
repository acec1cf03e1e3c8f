"""`tundish verify`: says whether the files are as written, and with --repair puts right what can be."""

from pathlib import Path

from typer.testing import CliRunner

from collector.cli.main import app
from tests.collector.storage.ledger import ledgers
from tests.support.ledger_calls import commit


async def test_damage_is_named_with_the_next_step_and_repaired(tmp_path: Path) -> None:
    ledger = ledgers.opened(tmp_path)
    for seq in range(1, 30):
        await commit(ledger, ledgers.step(seq, *range(seq * 20, seq * 20 + 20)))
    await ledger.close()

    def verify(*options: str) -> tuple[int, str]:
        found = CliRunner().invoke(app, ["verify", str(tmp_path), *options])
        return found.exit_code, found.output + str(found.exception or "")

    code, text = verify()
    assert code == 0
    assert "pages as written" in text
    content = bytearray((tmp_path / "ledger.db").read_bytes())
    content[-2000] ^= 16
    (tmp_path / "ledger.db").write_bytes(content)
    code, text = verify()
    assert code == 1
    assert "not as written" in text
    assert "tundish verify --repair" in text
    code, text = verify("--repair")
    assert code == 0, text
    assert "rebuilt bit for bit" in text
    assert verify()[0] == 0
