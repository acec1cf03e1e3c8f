"""A belt with a totalizer and a rate: the one counts, the other is compared with it, and no tonne counts twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from collector.cli.main import app
from collector.entries import entry_file
from collector.errors import ConfigurationError
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.schema import LEDGER
from dashboards.web.readings import readings_lines
from models.works.localize import LANGUAGES
from tests.collector.service.steel_works import Clock, delivery_of, opened_parts
from tests.collector.service.works_document import COAL, NOON_NS, NS, works_settings, works_yaml
from tests.support.ledger_calls import buckets, published

MINUTES = 60
RATE = "mine1.flow"


def shops(**keys: object) -> list[dict[str, Any]]:
    """Mine 1 with a rate beside its totalizer of coal."""
    found: list[dict[str, Any]] = works_yaml()["shops"]
    tags = found[0]["units"][0]["tags"]
    counter = next(tag for tag in tags if tag["signal"] == "coal")
    counter["max_rate_per_h"] = 3600
    rate = {"signal": "flow", "kind": "rate", "source": "plc", "unit_of_measure": "t/h", "high": 2000, "cadence": "10s"}
    tags.append(rate | {"node": counter["node"].replace("coal", "flow"), "compared_with": "coal"} | keys)
    return found


async def run_an_hour(folder: Path, *, shows_pct: float) -> LedgerDesk:
    """The belt carries 720 t/h, and its rate shows some percent more; both are read each ten seconds."""
    settings = works_settings(folder, shops=shops())
    async with opened_parts(settings.data_dir, settings.plant, clock=Clock()) as parts:
        for step in range(6 * MINUTES + 1):
            wobble = step % 2  # a transmitter that shows the same in every digit would hang
            shown = 720.0 * (1 + shows_pct / 100) + (0.01 if wobble else -0.01)
            rows = parts.batch((COAL, 10.0 * step, 2.0 * step), (RATE, 10.0 * step, shown))
            await parts.take(delivery_of(rows))
        assert isinstance(parts.clock, Clock)
        parts.clock.now_ns = NOON_NS + MINUTES * 60 * NS
        await parts.settle()
        made = {(row.tag, row.product): 0 for row in buckets(parts.ledger, 0, 2**60)}
        assert made.keys() >= {(COAL, "coal_raw"), (RATE, "")}
        hours = [row for row in published(parts.ledger, "output_hour") if ("unit", "mine1") in row.key.tags]
        assert sum(float(row.fields["actual_t"]) for row in hours) == pytest.approx(720.0, abs=0.01), "counted once"
        assert not [row for row in published(parts.ledger, "output_hour") if ("unit", "unclaimed") in row.key.tags]
        kpis = [row for row in published(parts.ledger, "unit_kpi") if ("kpi", "scale_drift_pct") in row.key.tags]
        assert [float(row.fields["value"]) for row in kpis] == [pytest.approx(shows_pct, abs=0.05)]
    return LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)


@pytest.mark.parametrize("shows_pct", [2.5, -1.0])
async def test_the_drift_is_told_by_shift_day_and_month_and_is_a_kpi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shows_pct: float
) -> None:
    desk = await run_an_hour(tmp_path, shows_pct=shows_pct)
    now_ns = NOON_NS + MINUTES * 60 * NS
    monkeypatch.setattr(entry_file.EntryFile.__init__, "__defaults__", (Clock(now_ns),))
    asked = ["completeness", "--day", "2026-09-30", "--plant", str(tmp_path / "plant.yaml")]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    drifts = {one["span"]: one["drift_pct"] for one in json.loads(done.output)["drifts"]}
    assert drifts.keys() == {1, 2, "day", "month"}
    assert drifts["day"] == drifts["month"] == pytest.approx(shows_pct, abs=0.05)
    told = " ".join(CliRunner().invoke(app, asked).output.split())
    counts = desk.readings(now_ns)
    assert counts is not None
    for language in LANGUAGES:
        (line,) = [one for one in readings_lines(desk.plant(), counts, language) if RATE in one]
        assert "%" in line
        if language == "en":
            assert line in told
            assert f"drift of the scale {RATE} / {COAL}: " in line


async def test_a_month_that_was_surveyed_tells_how_far_its_counter_was_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_an_hour(tmp_path, shows_pct=1.0)
    monkeypatch.setattr(entry_file.EntryFile.__init__, "__defaults__", (Clock(NOON_NS + 2 * 3600 * NS),))
    plant = ["--plant", str(tmp_path / "plant.yaml")]
    found = ["correct", "--day", "2026-09-30", "--unit", "mine1", "--product", "coal_raw", "--tonnes", "-20"]
    done = CliRunner().invoke(app, [*found, "--by", "Anna", "--reason", "survey", *plant])
    assert done.exit_code == 0, done.output
    told = " ".join(CliRunner().invoke(app, ["completeness", "--day", "2026-09-30", *plant]).output.split())
    # 720 t counted, 700 t found.
    assert f"drift of the scale {COAL} / survey: month +2.86 % (720.0/700.0 t)" in told


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"product": "coal_raw"}, "a rate that is compared counts nothing; remove product, or compared_with"),
        ({"compared_with": "cole"}, "'cole' is not a totalizer of mine1; did you mean coal?"),
        ({"kind": "gauge"}, "only a rate has compared_with; remove it, or make the tag a rate"),
    ],
)
def test_a_comparison_that_cannot_be_is_refused(tmp_path: Path, keys: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        works_settings(tmp_path, shops=shops(**keys))
    assert words in str(refused.value)
