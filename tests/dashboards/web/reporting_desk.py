"""A desk of a works whose figures people stated: two years of months, and the days of this month, of every unit."""

import io
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from collector.cli.main import main
from models.works.calendar import production_day
from models.works.month import length, month_of, shifted
from models.works.plant import Plant
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.full_desk import with_long_names

MONTH_T, DAY_T = 2_345_678.912, 97_736.621
"""As large as a works can be: a number of seven digits has to find room."""


def today_of(plant: Plant) -> date:
    return min(production_day(shop.calendar, time.time_ns()) for shop in plant.shops.values())


def figures(plant: Plant) -> tuple[str, str]:
    """Files of figures and of plans."""
    made = list(dict.fromkeys((tag.unit, tag.product) for tag in plant.tags if tag.product is not None))
    running = month_of(today_of(plant).toordinal())
    lines, plans = ["start,end,unit,product,tonnes"], ["month,unit,product,tonnes"]
    for number, (unit, product) in enumerate(made):
        share = (0.5, 0.96, 1.1, 1.0)[number % 4]
        for back in range(1, 24):
            month = shifted(running, -back)
            span = date.fromordinal(month), date.fromordinal(month + length(month))
            lines.append(f"{span[0]},{span[1]},{unit},{product},{MONTH_T * share / length(month) * 30:.3f}")
        for day in range(running, today_of(plant).toordinal()):
            span = date.fromordinal(day), date.fromordinal(day + 1)
            lines.append(f"{span[0]},{span[1]},{unit},{product},{DAY_T * share:.3f}")
        months = (date.fromordinal(shifted(running, -back)) for back in range(24))
        plans += [f"{month:%Y-%m},{unit},{product},{MONTH_T:.3f}" for month in months]
    return "\n".join(lines) + "\n", "\n".join(plans) + "\n"


def tundish(desk: Desk, *arguments: str) -> str:
    """What the command says on the works of the desk; beside the browser driver, which keeps a loop in this thread."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    before = sys.argv, sys.stdout

    def run() -> object:
        sys.argv = ["tundish", *arguments, "--plant", str(desk.folder / "plant.yaml")]
        sys.stdout = said
        try:
            main()
        except SystemExit as ending:
            return ending.code
        finally:
            sys.argv, sys.stdout = before
        return 0

    with ThreadPoolExecutor(1) as thread:
        assert not thread.submit(run).result()
    said.flush()
    content = said.buffer
    assert isinstance(content, io.BytesIO)
    return content.getvalue().decode()


@pytest.fixture(scope="module")
def reporting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """It, with long names, waited for."""
    folder = tmp_path_factory.mktemp("reporting")
    desk = Desk(folder, ledger=False, edit=with_long_names)
    try:
        for name, content in zip(("figures.csv", "plans.csv"), figures(desk.plant), strict=True):
            (folder / name).write_text(content, encoding="utf-8")
        tundish(desk, "import", str(folder / "figures.csv"), "--by", "Anna", "--confirm")
        tundish(desk, "plan", "import", str(folder / "plans.csv"), "--by", "Anna", "--confirm")
        desk.wait()
        yield desk
    finally:
        desk.end()
