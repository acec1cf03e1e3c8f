"""`tundish report balance`: each node with what feeds it."""

import json
from pathlib import Path

import pytest

from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file, paper_works

NODE = {
    "node": "iron",
    "inputs": [{"product": "coal_raw", "at": ["mine1", "mine2"], "yield_t_per_t": 0.5, "uncertainty_pct": 2.0}],
    "outputs": [{"product": "pig_iron", "at": ["bf3"]}],
    "stock": [{"product": "coal_raw", "shop": "iron"}],
}


@pytest.fixture
def works(tmp_path: Path) -> Path:
    return paper_works(tmp_path, balance=[NODE])


def test_the_residual_is_told_with_its_inputs_and_nothing_is_made_up(tundish: Command, tmp_path: Path) -> None:
    header = "start,end,shop,unit,product,tonnes,basis\n"
    made = (
        "2026-08-01,2026-08-02,,mine1,coal_raw,600,\n"
        "2026-08-01,2026-08-02,,mine2,coal_raw,400,\n"
        "2026-08-01,2026-08-02,,bf3,pig_iron,490,\n"
        "2026-08-01,2026-08-01,iron,all,coal_raw,30,stock\n"
    )
    tundish("import", csv_file(tmp_path, header + made))
    text = tundish("report", "balance", "--period", "2026-08-01").out
    assert "closing stock" in text
    assert text.count("no data") == 2, "the closing stock, and so the residual"
    stock = "2026-08-02,2026-08-02,iron,all,coal_raw,35,stock\n"
    tundish("import", csv_file(tmp_path, header + stock, "stock.csv"))
    (row,) = json.loads(tundish("report", "balance", "--period", "2026-08-01", "--json").out)
    assert (row["node"], row["residual_t"]) == ("iron", 7.5)
    assert len(row["terms"]) == 5
    assert "+7.5" in tundish("report", "balance", "--period", "2026-08-01").out


def test_a_works_without_nodes_is_told_where_to_declare_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tundish: Command
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("TUNDISH_PLANT", str(paper_works(tmp_path / "other")))
    tundish("plan", "import", csv_file(tmp_path, "month,unit,product,tonnes\n2026-08,bf3,pig_iron,1\n"))
    assert "declare them under balance" in tundish("report", "balance", "--period", "2026-08-01").out
