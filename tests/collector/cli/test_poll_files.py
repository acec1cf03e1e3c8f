"""`tundish poll` of a drop folder: what its files give is shown, and no file is moved."""

from pathlib import Path

import pytest

from collector.cli.main import main
from tests.collector.service.works_document import works_yaml, write_works

TAPS = {"signal": "taps", "kind": "event", "source": "drop", "product": "pig_iron", "unit_of_measure": "t",
        "file": "taps", "key": "Ковш", "tonnes": "Вес, т", "end": "Конец", "cadence": "1m"}  # fmt: skip
DROP = {"name": "drop", "type": "files", "folder": "drop", "poll": "50ms", "settle": "50ms",
        "kinds": {"taps": {"files": ["*.csv"]}}}  # fmt: skip


def test_a_dropped_file_is_shown_and_stays_for_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = works_yaml()["shops"][1]
    shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
    shop["units"][0]["tags"] = [TAPS]
    reported = {"main": {"product": "pig_iron", "counted_at": ["bf3"]}}
    plant = write_works(tmp_path, works_yaml(shops=[shop], sources=[DROP], reported=reported))
    (tmp_path / "drop").mkdir()
    rows = "Ковш;Вес, т;Конец\nK1;300,5;01.10.2025 11:00\nK2;много;01.10.2025 11:10\n"
    (tmp_path / "drop" / "a.csv").write_text(rows, encoding="cp1251")
    monkeypatch.setattr("sys.argv", ["tundish", "poll", "drop", "--plant", str(plant), "--wait", "15"])
    with pytest.raises(SystemExit) as ended:
        main()
    answer = capsys.readouterr()
    assert ended.value.code in (0, None), answer.err
    assert "event bf3.taps: K1, 300.5 t" in answer.out
    assert 'rejected bf3.taps: a.csv, row 3: "много" is no amount' in answer.out
    assert [path.name for path in (tmp_path / "drop").iterdir()] == ["a.csv"]
