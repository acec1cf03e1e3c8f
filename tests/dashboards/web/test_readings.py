"""How complete the readings of a day are, in the words that the page and reports share."""

import pytest

from dashboards.web.snapshot import Snapshot
from dashboards.web.view import desk_view
from models.tables.certificate import LostSpan, TagCompleteness, UnitCompleteness
from models.tables.desk_data import ReadingCounts
from models.tables.loss_cause import LossCause
from models.tables.loss_words import CAUSE_WORDS
from models.works.localize import Language
from models.works.plant import Plant
from tests.collector.service.works_document import works_settings

NOW = 1_790_758_800 * 10**9


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    return works_settings(tmp_path_factory.mktemp("plant")).plant


def test_the_readings_of_the_day_are_told_below_the_sources(plant: Plant) -> None:
    gaps = (LostSpan(0, 300, 60, LossCause.NO_FILE), LostSpan(600, 900, 40, LossCause.COLLECTOR_DOWN))
    tag = TagCompleteness(tag="mine1.coal", read=11_000, backfilled=900, rejected=2, gaps=gaps)
    units = (UnitCompleteness("mine1", 1, 0, 3600, (tag,)), UnitCompleteness("mine1", 0, 0, 7200, (tag,)))
    view = desk_view(Snapshot(plant, NOW, NOW, readings=ReadingCounts(units)), "en")
    told = "(no file came: 60, the collector did not run: 40)"
    assert view.readings == (
        "Readings of the day: expected 12,000, read 11,000, from history 900, of these late 0, rejected 2, lost 100 "
        + told,
        f"{plant.units['mine1'].name('en')}: day lost 100/12,000 {told}; shift 1 lost 100/12,000 {told}",
    )
    assert desk_view(Snapshot(plant, NOW, NOW), "en").readings == ()


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_cause_of_a_loss_has_words_of_its_own_in_each_language(language: Language) -> None:
    words = [CAUSE_WORDS[cause][language] for cause in LossCause]
    assert len(set(words)) == len(LossCause)
