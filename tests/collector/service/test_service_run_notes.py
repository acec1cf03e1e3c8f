"""What each source did is noted minute by minute, so that the cause of a missing reading is known afterwards."""

from pathlib import Path

from collector.service.health import HealthReport
from collector.storage.ledger import run_notes
from models.tables.loss_cause import Answer
from models.works.plant import Plant
from tests.collector.service.steel_works import opened_parts
from tests.collector.service.test_service_self_report import _live, _sources
from tests.collector.service.works_document import NOON_NS, NS, TAPS


async def test_what_each_source_did_in_a_minute_is_noted_and_a_minute_with_an_outage_stays_one(
    plant: Plant, tmp_path: Path
) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        sources = _sources()
        report = HealthReport(parts.plant, "hall-3", _live(parts, sources), {"dcs": Answer.FILES})
        await report.show(NOON_NS)
        sources["dcs"].health.up = True
        sources["plc"].health.bad_nodes = {}
        await report.show(NOON_NS + 30 * NS)
        await report.show(NOON_NS + 60 * NS)
        start_s = NOON_NS // NS

        def noted(name: str) -> dict[int, Answer]:
            return parts.ledger.read(lambda connection: run_notes.answers(connection, name, start_s, start_s + 600))

        assert noted("plc") == {start_s: Answer.VALUES, start_s + 60: Answer.VALUES}
        assert noted("dcs") == {start_s: Answer.AWAY, start_s + 60: Answer.FILES}
        unread = parts.ledger.read(lambda connection: run_notes.unread(connection, TAPS, start_s, start_s + 600))
        assert unread == {start_s}
