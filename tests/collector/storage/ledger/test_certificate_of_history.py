"""The certificate of a day from the ledger alone."""

from datetime import date, datetime
from functools import partial
from pathlib import Path

import apsw

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger.certificate import AskedCertificate, Certificate, read_certificate
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.run_notes import note_run
from models.counting.increment import Increment
from tests.support.ledger_calls import post


async def test_nobody_read_the_history_of_a_simulated_works_and_none_of_it_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    plant = load(file).plant
    day = date(2026, 11, 23)
    start_s = int(datetime(2026, 11, 23, 2, tzinfo=plant.zone).timestamp())
    made = Increment(
        tag="bf3.taps",
        unit="bf3",
        product="pig_iron",
        start_s=start_s,
        end_s=start_s + 3600,
        grams=250_000_000,
        readings=360,
    )
    ledger = Ledger.open(tmp_path, clock_ns=lambda: (start_s + 90_000) * 10**9, demo=True)
    await post(ledger, [made])
    await ledger.write(partial(note_run, start_s=start_s + 86_400, end_s=start_s + 90_000))

    def certified(connection: apsw.Connection) -> Certificate:
        return read_certificate(connection, plant, AskedCertificate(day), (), (start_s + 90_000) * 10**9)

    assert ledger.read(certified).counts is None
    await ledger.close()
