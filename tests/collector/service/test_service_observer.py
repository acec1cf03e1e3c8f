"""What deliveries and postings say of each unit, gathered into samples for detection."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from collector.service.observer import Observer
from collector.sources.base import Delivery
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.mending import EVERY_TAG
from models.counting.increment import EventRevision, Increment, IncrementFlag, UncertainGap
from models.counting.reading import ReadingBatch
from models.detection.expected.expected import SteadyExpected
from models.detection.finding import FindingKind
from models.detection.minutes.observed import UnitSample
from models.detection.watched import watched_units
from models.detection.works_watch import WorksWatch
from models.works.codes import Quality, UnitState
from models.works.detection_rules import RuleSet
from models.works.plant import Plant
from tests.models.detection.small_works import HOUR, PLANT, RATES, START_S, only

NS = 1_000_000_000
INDEX = PLANT.tag_index()
GOOD, UNCERTAIN, BAD = Quality.GOOD, Quality.UNCERTAIN, Quality.BAD
NAN = float("nan")


@pytest.fixture
def observer() -> Observer:
    return Observer(PLANT, watched_units(PLANT, RuleSet()))


def batch(*rows: tuple[str, float, float], quality: Quality = GOOD, received_s: float = 0.0) -> ReadingBatch:
    """Rows of (tag, value, seconds of its stamp from the start)."""
    cells = [(INDEX[tag], value, (START_S * NS + round(at_s * NS)), quality) for tag, value, at_s in rows]
    return ReadingBatch.of("plc", START_S * NS + round(received_s * NS), cells)


def take(
    observer: Observer,
    readings: ReadingBatch | None = None,
    *,
    believed: bool = True,
    coverage: Mapping[str, int] | None = None,
) -> None:
    delivery = Delivery("plc", START_S * NS, readings, coverage=coverage or {})
    observer.taken(delivery, readings if believed else None)


def tap(
    key: str, tonnes: float = 500.0, end_s: int = START_S, unit: str = "bf3", product: str = "pig_iron"
) -> EventRevision:
    return EventRevision(f"{unit}.made", unit, product, 2026, key, round(tonnes * 1e6), end_s * NS, 1)


def grown(tonnes: float, tag: str = "mine1.made", product: str = "coal_raw") -> Increment:
    return Increment(tag, tag.split(".")[0], product, START_S, START_S + 300, round(tonnes * 1e6), 1)


def posted(observer: Observer, **parts: object) -> None:
    observer.posted(LedgerChanges(journal_seq=1, **parts))  # type: ignore[arg-type]


def test_every_watched_unit_has_a_sample_and_nothing_is_said_twice(observer: Observer) -> None:
    take(observer, batch(("bf3.blast", 360_000.0, 0)))
    assert observer.take_samples().keys() == PLANT.units.keys()
    assert observer.take_samples() == {code: UnitSample(heard=False, moved=False) for code in PLANT.units}


def test_a_gauge_is_the_mean_of_what_came_whatever_its_stamps_say(observer: Observer) -> None:
    take(observer, batch(("bf3.blast", 100.0, -7200)))
    take(observer, batch(("bf3.blast", 300.0, 7200), ("bf3.blast_temperature", 1100.0, 0)))
    sample = observer.take_samples()["bf3"]
    assert (sample.signals["blast"].value, sample.signals["blast"].quality) == (200.0, GOOD)
    assert sample.signals["blast_temperature"].value == 1100.0
    assert sample.heard


def test_readings_of_one_unit_say_nothing_of_another(observer: Observer) -> None:
    take(observer, batch(("bf3.blast", 100.0, 0)))
    samples = observer.take_samples()
    assert [code for code, sample in samples.items() if sample.heard] == ["bf3"]
    assert "blast" not in samples["bf2"].signals


@pytest.mark.parametrize("quality", [BAD, UNCERTAIN])
def test_a_reading_without_good_quality_makes_the_signal_no_better_than_that(
    observer: Observer, quality: Quality
) -> None:
    take(observer, batch(("mine1.belt", 0.0, 0), quality=quality), believed=quality is not BAD)
    signal = observer.take_samples()["mine1"].signals["belt"]
    assert signal.quality == quality
    assert math.isnan(signal.value) == (quality is BAD)


def test_a_reading_that_was_refused_is_bad_and_its_unit_was_heard(observer: Observer) -> None:
    take(observer, batch(("mine1.belt", 99_999.0, 0)), believed=False)
    sample = observer.take_samples()["mine1"]
    assert sample.heard
    assert (sample.signals["belt"].quality, math.isnan(sample.signals["belt"].value)) == (BAD, True)


def test_one_good_reading_among_bad_ones_is_what_counts(observer: Observer) -> None:
    take(observer, batch(("mine1.belt", NAN, 0), quality=BAD), believed=False)
    take(observer, batch(("mine1.belt", 400.0, 1)))
    take(observer, batch(("mine1.belt", NAN, 2), quality=BAD), believed=False)
    signal = observer.take_samples()["mine1"].signals["belt"]
    assert (signal.value, signal.quality) == (400.0, GOOD)


def test_a_stamp_that_moves_or_a_value_that_changes_is_movement_and_the_same_again_is_none(observer: Observer) -> None:
    moves = []
    for value, at_s in ((5.0, 0), (5.0, 0), (5.0, 1), (6.0, 1), (6.0, 1), (6.0, 0.5)):
        take(observer, batch(("mine1.belt", value, at_s)))
        moves.append(observer.take_samples()["mine1"].moved)
    assert moves == [True, False, True, True, False, False]


def test_a_look_at_a_ring_is_hearing_and_looking_and_no_movement(observer: Observer) -> None:
    take(observer, coverage={"bf3.made": 1, "hsm.made": 0})
    samples = observer.take_samples()
    assert (samples["bf3"].heard, samples["bf3"].looked, samples["bf3"].moved) == (True, True, False)
    assert not samples["hsm"].heard


def test_a_value_of_which_a_source_says_that_it_stands_is_as_good_as_read_again(observer: Observer) -> None:
    take(observer, batch(("mine1.belt", 0.0, 0), ("mine1.made", 12.0, 0)))
    observer.take_samples()
    for _ in range(3):
        take(observer, coverage={"mine1.belt": 1, "mine1.made": 1})
        sample = observer.take_samples()["mine1"]
        assert (sample.heard, sample.moved, sample.looked) == (True, True, False)
        assert (sample.signals["belt"].value, sample.signals["belt"].quality) == (0.0, GOOD)


def test_a_belt_at_zero_of_which_a_source_tells_only_that_it_stands_is_a_stop_and_no_fault_of_data() -> None:
    plant = only("mine1")
    watch = WorksWatch(plant, RuleSet())
    observer = Observer(plant, watched_units(plant, RuleSet()))
    index = plant.tag_index()
    cells = [(index["mine1.belt"], 0.0, START_S * NS, GOOD), (index["mine1.made"], 12.0, START_S * NS, GOOD)]
    take(observer, ReadingBatch.of("plc", START_S * NS, cells))
    for second in range(10, 2 * HOUR, 10):
        watch.step(START_S + second, observer.take_samples(), SteadyExpected(RATES))
        take(observer, coverage={"mine1.belt": 1, "mine1.made": 1})
    assert watch.statuses["mine1"].judgement.state is UnitState.STOPPED
    assert [finding.kind for finding in watch.findings()] == [FindingKind.STOP]


def test_a_value_that_was_not_believed_is_not_confirmed(observer: Observer) -> None:
    take(observer, batch(("mine1.belt", 100.0, 0)))
    take(observer, batch(("mine1.belt", 99_999.0, 1)), believed=False)
    observer.take_samples()
    take(observer, coverage={"mine1.belt": 1})
    assert "belt" not in observer.take_samples()["mine1"].signals


def test_growth_of_counters_adds_up_and_that_of_events_and_of_other_products_does_not_count(observer: Observer) -> None:
    posted(observer, increments=[grown(1.5), grown(0.0), grown(2.25)])
    posted(
        observer, increments=[grown(7.0, product="rock"), grown(500.0, "bf3.made", "pig_iron"), grown(1.0, "gone.made")]
    )
    samples = observer.take_samples()
    assert samples["mine1"].counted_t == 3.75
    assert samples["bf3"].counted_t is None
    assert observer.take_samples()["mine1"].counted_t is None


def test_a_counter_that_stands_grows_by_nothing_which_is_known(observer: Observer) -> None:
    posted(observer, increments=[grown(0.0)])
    assert observer.take_samples()["mine1"].counted_t == 0.0


def test_an_event_counts_once_whenever_it_becomes_known_and_its_revisions_do_not(observer: Observer) -> None:
    first = [tap("T-1"), tap("T-2", end_s=START_S - 5 * HOUR)]
    posted(observer, events=first, first_events=first)
    assert observer.take_samples()["bf3"].events == ((START_S, 500.0), (START_S - 5 * HOUR, 500.0))
    posted(observer, events=[tap("T-1", 510.0), tap("T-3"), tap("T-3", 480.0)], first_events=[tap("T-3")])
    assert observer.take_samples()["bf3"].events == ((START_S, 500.0),)


def test_numbers_of_events_are_of_a_unit_and_a_year(observer: Observer) -> None:
    next_year = EventRevision("bf3.made", "bf3", "pig_iron", 2027, "T-1", 500_000_000, START_S * NS, 1)
    posted(observer, first_events=[tap("T-1"), tap("T-1", unit="bf2"), next_year, tap("T-9", product="slag")])
    samples = observer.take_samples()
    assert (len(samples["bf3"].events), len(samples["bf2"].events)) == (2, 1)


def test_a_gap_makes_its_unit_uncertain_and_a_loss_of_everything_all_units(observer: Observer) -> None:
    posted(
        observer, gaps=[UncertainGap("mine1.made", 0, START_S * NS, "reset"), UncertainGap("gone.made", 0, 1, "reset")]
    )
    assert [code for code, sample in observer.take_samples().items() if sample.uncertain] == ["mine1"]
    posted(observer, gaps=[UncertainGap(EVERY_TAG, 0, START_S * NS, "damaged")])
    assert all(sample.uncertain for sample in observer.take_samples().values())
    assert not any(sample.uncertain for sample in observer.take_samples().values())


def test_a_signal_of_which_nothing_came_is_not_in_the_sample(observer: Observer) -> None:
    take(observer, coverage={"bf3.made": 1})
    assert observer.take_samples()["bf3"].signals == {}


def test_what_a_history_counted_is_not_of_this_moment_but_of_its_own_minutes(observer: Observer) -> None:
    past = replace(grown(30.0), flags=IncrementFlag.BACKFILLED)
    observer.posted(LedgerChanges(journal_seq=1, increments=[past, grown(2.0)]))
    assert observer.take_samples()["mine1"].counted_t == 2.0
    (hour,) = observer.past.take().values()
    counted = hour["mine1"].counted_t
    assert counted is not None
    first = START_S % HOUR // 60
    assert counted[first : first + 5].tolist() == pytest.approx([6.0] * 5)
    assert math.isnan(counted[first + 5])
    assert observer.past.take() == {}


def _beside(**keys: object) -> Plant:
    """The plant with one more tag of BF 3, which says nothing of what the furnace does unless `keys` say so."""
    blast = next(tag for tag in PLANT.tags if tag.name == "bf3.blast")
    settings: dict[str, object] = {"name": "bf3.silicon", "signal": "silicon", "role": None, "nominal": None}
    return replace(PLANT, tags=(*PLANT.tags, replace(blast, **(settings | keys))))


def test_what_a_laboratory_says_of_a_unit_proves_nothing_of_its_controller() -> None:
    plant = _beside(source="laboratory", cadence_s=600.0)
    units = watched_units(plant, RuleSet())
    assert units["bf3"].sources == watched_units(PLANT, RuleSet())["bf3"].sources
    assert units["bf3"].stale_s == watched_units(PLANT, RuleSet())["bf3"].stale_s
    observer = Observer(plant, units)
    assay = ReadingBatch.of("laboratory", START_S * NS, [(len(PLANT.tags), 0.5, START_S * NS, GOOD)])
    observer.taken(Delivery("laboratory", START_S * NS, assay, coverage={"bf3.silicon": 1}), assay)
    sample = observer.take_samples()["bf3"]
    assert not sample.heard
    assert not sample.moved


def test_an_activity_that_is_made_of_other_signals_is_seen_where_it_was_believed() -> None:
    plant = replace(
        PLANT,
        tags=tuple(
            replace(tag, role=None, nominal=None, formula="") if tag.name == "bf3.blast" else tag for tag in PLANT.tags
        ),
    )
    made = next(tag for tag in PLANT.tags if tag.name == "bf3.blast")
    plant = replace(plant, tags=(*plant.tags, replace(made, name="bf3.both", signal="both", formula="blast * 1")))
    observer = Observer(plant, watched_units(plant, RuleSet()))
    read = batch(("bf3.blast", 180_000.0, 0))
    accepted = ReadingBatch.of(
        "plc", START_S * NS, [(INDEX["bf3.blast"], 180_000.0, 0, GOOD), (len(PLANT.tags), 360_000.0, 0, GOOD)]
    )
    observer.taken(Delivery("plc", START_S * NS, read), accepted)
    assert observer.take_samples()["bf3"].signals["both"].value == 360_000.0
