"""A sound configuration becomes the plant, the sources and the settings that the service uses."""

import os
from collections.abc import Callable
from datetime import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.errors import ConfigurationError
from models.works.codes import TagKind
from models.works.plant import Conversion

Load = Callable[..., Settings]
Faults = Callable[..., list[str]]

INFLUX = "influxdb: {url: 'http://127.0.0.1:8086/', org: works, token_file: token, raw_retention: 30d}\n"


def test_the_plant_is_resolved_with_tags_in_the_order_of_their_names(load_text: Load, plant_text: str) -> None:
    plant = load_text(plant_text).plant
    assert [tag.name for tag in plant.tags] == ["bf3.blast", "bf3.taps", "mine1.coal"]
    blast, taps, coal = plant.tags
    assert blast.conversion == Conversion(60.0, 0.0)
    assert (taps.kind, taps.product, taps.shop, taps.site) == (TagKind.EVENT, "pig_iron", "furnaces", "works")
    assert (coal.kind, coal.grams_per_unit, coal.modulus) == (TagKind.TOTALIZER, 1e9, 1000.0)
    assert (coal.max_rate_per_h, coal.back_step, coal.cadence_s) == (1.5, 0.5, 5.0)
    assert coal.resolution == 0.0
    stated = load_text(plant_text.replace("back_step: 0.5", "back_step: 0.5\n            resolution: 0.1")).plant
    assert stated.tags[2].resolution == 0.1
    assert plant.shops["furnaces"].calendar.shift_starts == (time(8), time(20))
    assert plant.shops["mines"].calendar.zone.key == "Asia/Almaty"
    assert plant.units["bf3"].daily_target_t == {"pig_iron": 5000.0}
    assert plant.products["pig_iron"].name("kk") == "Шойын"
    assert plant.products["coal_raw"].name("ru") == "Coal"
    assert [(report.name, report.counted_at) for report in plant.reported] == [("pig_iron", ("bf3",))]


def test_each_source_gets_its_own_tags_with_their_index_and_parsed_address(
    load_text: Load, plant_text: str, wire: SimpleNamespace
) -> None:
    second = plant_text + "  - {name: plc2, type: wire, url: w}\n"
    settings = load_text(second.replace("source: plc\n", "source: plc2\n"))
    assert set(settings.sources) == {"plc", "plc2"}
    assert [(index, tag.name) for index, tag, _ in settings.sources["plc"].tags] == [(0, "bf3.blast"), (1, "bf3.taps")]
    assert [(index, tag.name) for index, tag, _ in settings.sources["plc2"].tags] == [(2, "mine1.coal")]
    assert settings.sources["plc2"].tags[0][2] == wire.address(node="c")
    assert settings.sources["plc"].config.poll == 1.0  # type: ignore[attr-defined] # a key of this type


def test_relative_paths_are_seen_from_the_file_and_not_from_the_working_directory(
    load_text: Load, plant_text: str, tmp_path: Path
) -> None:
    settings = load_text(plant_text + "data_dir: ../elsewhere\n")
    assert settings.folder == tmp_path
    assert settings.data_dir == tmp_path.parent / "elsewhere"


def test_a_folder_is_read_as_one_configuration(load_text: Load, plant_text: str) -> None:
    head, tail = plant_text.split("  - code: mines\n")
    files = {"10-works.yaml": head, "20-mines.yaml": f"shops:\n  - code: mines\n{tail}", "note.txt": "not read"}
    files["30-more.yaml"] = "collector: {name: north}\nsite: {simulated: true}\n"
    settings = load_text(files)
    assert list(settings.plant.shops) == ["furnaces", "mines"]
    assert settings.collector == "north"
    assert settings.plant.simulated


def test_a_value_given_by_two_files_of_a_folder_names_both(faults: Faults, plant_text: str) -> None:
    (line,) = faults({"a.yaml": plant_text, "b.yaml": "\nsite: {zone: Asia/Qostanay}\n"})
    assert line == "b.yaml:2 site.zone: the key is already given in a.yaml:2; keep one of the two"


def test_faults_in_a_folder_name_the_file_and_the_line_in_it(faults: Faults, plant_text: str) -> None:
    head, tail = plant_text.split("  - code: mines\n")
    bad = tail.replace("modulus: 1000", "modulus: 0")
    (line,) = faults({"a.yaml": head, "b.yaml": f"shops:\n  - code: mines\n{bad}"})
    assert line.startswith("b.yaml:17 shops[1].units[0].tags[0].modulus: 0 is not > 0")


def test_every_file_of_a_folder_that_is_not_yaml_is_reported(faults: Faults) -> None:
    assert [line.split(" ")[0] for line in faults({"a.yaml": "a: ]", "b.yaml": "version: 1", "c.yaml": "}"})] == [
        "a.yaml:1",
        "c.yaml:1",
    ]


@pytest.mark.parametrize("name", ["absent.yaml", "empty"])
def test_nothing_to_read_says_what_to_give(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigurationError, match=r"name it with --plant or TUNDISH_PLANT|name plant.yaml with --plant"):
        load(tmp_path / name, types={})


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plant.yaml").write_bytes("имя: x".encode("cp1251"))
    with pytest.raises(ConfigurationError, match="byte 0 is not UTF-8"):
        load(tmp_path / "plant.yaml", types={})


def test_times_without_quotes_and_words_like_no_stay_texts(load_text: Load, plant_text: str) -> None:
    bare = plant_text.replace('"08:00"', "08:00").replace('"20:00"', "20:00").replace("{en: Mines}", "{en: no}")
    plant = load_text(bare.replace("high: 2000", "high: 2e3")).plant
    assert plant.shops["furnaces"].calendar.day_start == time(8)
    assert plant.shops["mines"].names["en"] == "no"
    assert plant.tags[2].high == 2000.0


def test_the_token_is_read_from_its_file_without_its_newline_and_is_never_shown(
    load_text: Load, plant_text: str, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("hunter2\n")
    token.chmod(0o600)
    settings = load_text(plant_text + INFLUX)
    assert settings.influx is not None
    assert settings.influx.token == "hunter2"
    assert settings.influx.raw_bucket == "tundish_raw"
    assert settings.influx.raw_retention_days == 30.0
    assert settings.influx.url == "http://127.0.0.1:8086"
    assert "hunter2" not in repr(settings)


def test_the_environment_goes_before_the_file_of_a_secret(load_text: Load, plant_text: str) -> None:
    settings = load_text(plant_text + INFLUX, {"TUNDISH_INFLUXDB_TOKEN": "from-environment"})
    assert settings.influx is not None
    assert settings.influx.token == "from-environment"


def test_influxdb_3_is_refused_unless_a_postgresql_keeps_the_calculated_tables(
    load_text: Load, faults: Faults, plant_text: str
) -> None:
    environment = {"TUNDISH_INFLUXDB_TOKEN": "x"}
    text = plant_text + "influxdb: {url: 'http://127.0.0.1:8181', dialect: v3}\n"
    (line,) = faults(text, environment)
    assert "influxdb.dialect: InfluxDB 3 cannot keep the calculated tables: a row that is written again is not" in line
    assert line.endswith("add the section postgres, or use InfluxDB 2 (v2)")
    settings = load_text(text + "postgres: {host: 127.0.0.1}\n", environment)
    assert settings.influx is not None
    assert (settings.influx.dialect, settings.influx.token) == ("v3", "x")


@pytest.mark.parametrize(
    ("section", "tls"),
    [
        ("{host: 127.0.0.1}", "prefer"),
        ("{host: /var/run/postgresql}", "prefer"),
        ("{host: 127.0.0.1, tls: 'off'}", "disable"),
        ("{host: db.works.example, tls: encrypt}", "require"),
        ("{host: db.works.example, ca_file: plant.yaml}", "verify-full"),
    ],
)
def test_the_line_to_a_postgresql_is_verified_unless_it_stays_on_this_host_or_is_said_otherwise(
    load_text: Load, plant_text: str, section: str, tls: str
) -> None:
    settings = load_text(f"{plant_text}postgres: {section}\n", {"TUNDISH_POSTGRES_PASSWORD": "hunter2"})
    postgres = settings.postgres
    assert postgres is not None
    assert (postgres.tls, postgres.password, postgres.user, postgres.reader) == (
        tls, "hunter2", "tundish", "tundish_reader",
    )  # fmt: skip
    assert settings.sends
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [("hunter2", 0o644, "open to other users; run chmod 600"), ("\n", 0o600, "the file is empty")],
)
def test_a_secret_that_is_open_to_others_or_empty_is_refused_with_the_fix(
    faults: Faults, plant_text: str, tmp_path: Path, content: str, mode: int, words: str
) -> None:
    token = tmp_path / "token"
    token.write_text(content)
    os.chmod(token, mode)  # noqa: PTH101 - the umask must not play a part
    (line,) = faults(plant_text + INFLUX)
    assert line.startswith("plant.yaml:41 influxdb.token_file: ")
    assert words in line
    assert "hunter2" not in line


def test_the_password_file_of_a_source_may_be_replaced_by_the_environment(load_text: Load, plant_text: str) -> None:
    text = plant_text.replace("poll: 1s", "password_file: absent")
    assert "plc" in load_text(text, {"TUNDISH_PLC_PASSWORD": "x"}).sources


def test_a_v1_database_takes_user_and_password(load_text: Load, plant_text: str) -> None:
    text = plant_text + "influxdb: {url: 'http://127.0.0.1:8086', dialect: v1, user: me}\n"
    influx = load_text(text, {"TUNDISH_INFLUXDB_PASSWORD": "x"}).influx
    assert influx is not None
    assert (influx.dialect, influx.user, influx.password, influx.token) == ("v1", "me", "x", None)


def test_a_folder_with_files_that_are_no_yaml_has_every_one_and_every_fault_of_the_others_named(tmp_path: Path) -> None:
    (tmp_path / "10-site.yaml").write_text(
        "version: 1\nsite: {code: works, names: {en: Works}, zone: Asia/Almaty, x: 1}\n"
    )
    (tmp_path / "20-bad.yaml").write_text("tags: [\n")
    (tmp_path / "30-list.yaml").write_text("- a\n")
    (tmp_path / "40-folder.yaml").mkdir()
    (tmp_path / "50-text.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path)
    text = str(refused.value)
    for words in ("20-bad.yaml:", "30-list.yaml:1 the file has no keys", "40-folder.yaml: is not a regular file"):
        assert words in text
    assert "50-text.yaml: byte 0 is not UTF-8" in text
    assert "10-site.yaml:2 site.x: the key is unknown" in text
    assert "the key is missing" not in text, "it may stand in a file that could not be read"


@pytest.mark.parametrize("name", ["", "ledger.db"])
def test_a_data_folder_in_place_of_a_plant_is_told_as_that(tmp_path: Path, name: str) -> None:
    (tmp_path / "ledger.db").write_bytes(b"SQLite format 3\x00\xff")
    with pytest.raises(ConfigurationError, match=r"data folder.*plant\.yaml"):
        load(tmp_path / name)
