"""Methane is watched by the ledger's own record: nothing seems to be over because a service or a sensor stopped."""

from functools import partial

from collector.config.settings import Settings
from collector.service.mine_watch import OVER_AFTER_S, MineWatch
from collector.storage.ledger import measured
from models.counting.measuring import MeasuredState
from models.detection.finding import FindingKind
from tests.collector.service.steel_works import WorksParts, opened_parts
from tests.collector.service.test_service_safety_table import GAUGE, settings
from tests.collector.service.works_document import NOON_NS, NS

__all__ = ["settings"]
NOON_S = NOON_NS // NS


async def put(parts: WorksParts, at_s: int, value: float) -> None:
    at_ns = (NOON_S + at_s) * NS
    states = {GAUGE: MeasuredState(at_ns, value, at_ns, at_ns)}
    await parts.ledger.write(partial(measured.put, hours=[], states=states, step=at_s + 1))


async def test_methane_that_goes_up_and_down_is_one_finding_and_over_after_five_minutes_below(
    settings: Settings,
) -> None:
    async with opened_parts(settings.data_dir, settings.plant) as parts:
        watch = MineWatch(settings.plant, settings.workings, parts.ledger)
        kinds = []
        for at_s, value in enumerate([1.2, 0.5, 1.3, 0.5] + [0.5] * (OVER_AFTER_S // 10)):
            await put(parts, at_s * 10, value)
            await watch.run()
            kinds.append([(each.kind, each.since_s - NOON_S) for each in watch.findings(NOON_S + at_s * 10)])
        assert all(each == [(FindingKind.METHANE, 0)] for each in kinds[: 2 + OVER_AFTER_S // 10])
        assert kinds[-1] == []


async def test_a_service_that_begins_anew_tells_at_once_what_holds(settings: Settings) -> None:
    async with opened_parts(settings.data_dir, settings.plant) as parts:
        await put(parts, 0, 1.2)
        begun = MineWatch(settings.plant, settings.workings, parts.ledger)
        assert [each.kind for each in begun.findings(NOON_S + 3600)] == [FindingKind.METHANE]
        kinds = {each.kind for each in begun.findings(NOON_S + 3600 + 120)}
        assert kinds == {FindingKind.METHANE, FindingKind.SENSOR_SILENT}, "silent since the service listens again"
