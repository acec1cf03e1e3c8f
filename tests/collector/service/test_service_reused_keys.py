"""An event that waits because its number was used again is told, until a person has dealt with it."""

from pathlib import Path

from collector.service.reused_keys import ReusedKeys
from collector.sources.base import Delivery
from collector.storage.quarantine.browser import QuarantineBrowser
from models.detection.finding import FindingKind
from models.works.plant import Plant
from tests.collector.service.steel_works import opened_parts, tap
from tests.collector.service.works_document import NOON_NS, NS


async def test_the_finding_names_the_numbers_and_the_cure_and_ends_when_they_are_dealt_with(
    tmp_path: Path, plant: Plant
) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        watch = ReusedKeys(plant, parts.ledger)
        for sequence, end_s in enumerate((60, 1260, 2460), start=1):
            event = tap("17", end_s, 400.0, sequence=sequence)
            await parts.take(Delivery("plc", NOON_NS + end_s * NS, events=(event,)))
        await parts.settle()
        await watch.run()
        (finding,) = watch.findings()
        assert (finding.kind, finding.unit, finding.severity) == (FindingKind.KEY_REUSED, "bf3", 4)
        assert "2 events of bf3.taps" in finding.evidence["en"]
        for language in ("en", "ru", "kk"):
            assert "17" in finding.evidence[language]
            assert "key_reuse" in finding.evidence[language]
        desk = QuarantineBrowser(tmp_path, lambda: NOON_NS)
        desk.drop([item.name for item in desk.listed("open", 10)], by="Aigul")
        await watch.run()
        assert watch.findings() == []
