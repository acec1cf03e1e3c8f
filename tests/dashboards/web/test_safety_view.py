"""The table of injuries: what is stated of days lost is a least where it is not stated of some accident."""

from datetime import date, time
from pathlib import Path

import pytest

from collector.config.load import load
from dashboards.web.safety_view import RATE_COLUMNS, LookingAtSafety, safety_view
from models.stated.accident import USUAL_TERMS, AccidentWord
from models.tables.accident_rates import StatedSafety
from models.works.calendar import wall_ns
from models.works.localize import Language
from models.works.place import ALL
from tests.collector.files.forms import paper_works


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [
        ((9, 3), "en", "12"),
        ((9, None), "en", "at least 9; accidents without days: 1"),
        ((9, None), "ru", "не менее 9; случаев без дней: 1"),
        ((9, None), "kk", "кемінде 9; күні енгізілмеген оқиға: 1"),
        ((None, None), "en", "not stated"),
        ((0, None), "en", "at least 0; accidents without days: 1"),
    ],
)
def test_days_lost_of_a_month(days: tuple[int | None, ...], language: Language, said: str, tmp_path: Path) -> None:
    plant = load(paper_works(tmp_path)).plant
    words = [
        AccidentWord(
            number=str(number), at_ns=wall_ns(plant.zone, date(2026, 11, number), time(9)), shop="mines", unit="mine1",
            kind="gas", cause="", victims=1, fatal=0, days_lost=lost, note="", author="S.",
        )
        for number, lost in enumerate(days, 1)
    ]  # fmt: skip
    of = LookingAtSafety(
        plant=plant, shop=ALL, terms=USUAL_TERMS, user=None, now_ns=wall_ns(plant.zone, date(2026, 11, 30)),
        language=language,
    )  # fmt: skip
    november = safety_view(StatedSafety(words, []), of).rates[2]
    assert november[RATE_COLUMNS.index("safety_days_lost")].shown == said
