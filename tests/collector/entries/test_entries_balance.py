"""`tundish report balance`: each node with what feeds it."""

import json
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import apsw
import numpy as np
import pytest

from collector.config.load import load
from collector.storage.ledger.schema import LEDGER
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


def test_sigma_is_learned_from_the_days_before_and_the_scale_that_errs_is_named_below(
    tundish: Command, tmp_path: Path
) -> None:
    random = np.random.default_rng(3)
    first = date(2026, 4, 1)
    rows = ["start,end,shop,unit,product,tonnes,basis"]
    for number in range(123):
        day, end = first + timedelta(days=number), first + timedelta(days=number + 1)
        iron = 500 * (1 + 0.005 * random.normal())
        shown = iron * (1.03 if number >= 113 else 1.0)
        rows += [
            f"{day},{end},,mine1,coal_raw,600,",
            f"{day},{end},,mine2,coal_raw,400,",
            f"{day},{end},,bf3,pig_iron,{shown:.2f},",
            f"{day},{day},iron,all,coal_raw,30,stock",
        ]
    rows.append(f"{end},{end},iron,all,coal_raw,30,stock")
    assert tundish("import", csv_file(tmp_path, "\n".join([*rows, ""]))).code == 0
    text = tundish("report", "balance", "--period", "2026-07-11").out
    assert "60 days" in text
    assert "no meter is found to err" in text
    text = tundish("report", "balance", "--period", "2026-08-01").out
    assert "one of these holds" in text
    assert "% too much since" in text
    (row,) = json.loads(tundish("report", "balance", "--period", "2026-08-01", "--json").out)
    assert row["sigma_learned_days"] == 60
    assert 1.5 < row["sigma_t"] < 3.5, "a drift of ten days is not in the sigma by which it is judged"
    assert row["declared_sigma_t"] > row["sigma_t"]
    assert {each["unit"] or each["yield_of"] for each in row["may_err"]} == {"mine1", "mine2", "bf3", "iron"}
    by_unit = {each["unit"]: each for each in row["may_err"]}
    assert by_unit["bf3"]["bias_pct"] == pytest.approx(3.0, abs=0.7)


def test_a_stock_that_is_stated_later_brings_the_day_that_it_closes_and_the_next_up_to_date(
    tundish: Command, works: Path, tmp_path: Path
) -> None:
    header = "start,end,shop,unit,product,tonnes,basis\n"
    tundish("import", csv_file(tmp_path, header + "2026-08-02,2026-08-02,iron,all,coal_raw,35,stock\n"))
    with closing(apsw.Connection(str(load(works).data_dir / LEDGER.name))) as connection:
        spans = list(connection.execute("SELECT product, start_s, end_s FROM dirty"))
    zone = load(works).plant.zone
    first, last = (int(datetime(2026, 8, day, tzinfo=zone).timestamp()) for day in (1, 2))
    assert spans == [("coal_raw", first, last)]


def test_a_works_without_nodes_is_told_where_to_declare_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tundish: Command
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("TUNDISH_PLANT", str(paper_works(tmp_path / "other")))
    tundish("plan", "import", csv_file(tmp_path, "month,unit,product,tonnes\n2026-08,bf3,pig_iron,1\n"))
    assert "declare them under balance" in tundish("report", "balance", "--period", "2026-08-01").out
