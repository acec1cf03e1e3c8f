"""tundish cert, browse and poll."""

import asyncio
import re
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from asyncua import ua

from collector.cli import cert
from collector.cli.browse import browse
from collector.cli.poll import poll
from collector.config.entries import TagEntry
from collector.errors import ConfigurationError, SourceRefused, SourceUnavailable
from collector.sources.opcua.address import OpcUaAddress
from collector.sources.opcua.browse import browse as walk
from collector.sources.opcua.certificate import make_certificate, read_certificate, read_private_key
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.connection import connected
from tests.support.opcua_alarms import Condition, answers_what_stands
from tests.support.opcua_works import Recorder, Works


def browse_options(**options: object) -> dict[str, object]:
    names = ("certificate", "key", "server_certificate", "user", "password_file", "out")
    return {"policy": "None", "mode": "None", "source": "plc"} | dict.fromkeys(names) | options


def test_a_certificate_is_made_with_a_key_that_only_its_user_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cert.make(tmp_path / "certs", uri="urn:works:collector", host=["plc-gateway", "192.0.2.7"], days=400)
    shown = capsys.readouterr().out
    for text in (
        "urn:works:collector",
        "plc-gateway, 192.0.2.7",
        "SHA-256",
        "days left",
        "400",
        "server_certificate_file",
    ):
        assert text in shown
    fingerprint = re.search(r"SHA-256 +(\S+)", shown)
    assert fingerprint is not None
    assert len(re.findall(r"[0-9a-f]{2}", fingerprint[1])) == 32, "whole, however narrow the terminal"
    key_path = tmp_path / "certs" / "client.key.pem"
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600
    certificate = read_certificate(tmp_path / "certs" / "client.pem")
    assert certificate.public_key() == read_private_key(key_path).public_key()
    assert read_certificate(tmp_path / "certs" / "client.der") == certificate, "what tools of servers import"


def test_a_certificate_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    cert.make(tmp_path, uri="urn:a", host=["h"], days=10)
    before = (tmp_path / "client.key.pem").read_bytes()
    with pytest.raises(ConfigurationError, match="already exists"):
        cert.make(tmp_path, uri="urn:a", host=["h"], days=10)
    assert (tmp_path / "client.key.pem").read_bytes() == before


def test_an_expired_certificate_is_shown_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, _ = make_certificate("urn:a", ["h"], 10, datetime.now(UTC) - timedelta(days=20))
    (tmp_path / "old.pem").write_bytes(content)
    with pytest.raises(SourceRefused, match="has expired; make a new one"):
        cert.show(tmp_path / "old.pem")
    assert "EXPIRED" in capsys.readouterr().out


async def test_a_browse_drafts_tags_that_the_configuration_accepts_and_reads_only(
    works: Works, recorder: Recorder, tmp_path: Path
) -> None:
    await works.start(BeltMass=1.5, Grade="St3", Count=ua.Variant(7, ua.VariantType.UInt32))
    folder = await works.server.nodes.objects.add_object(works.index, "BF3")
    blast = await folder.add_variable(ua.NodeId("BF3.Blast", works.index), f"{works.index}:Blast", 3100.0)
    await blast.add_property(0, "EURange", ua.Range(0.0, 6500.0))
    await blast.add_property(0, "EngineeringUnits", ua.EUInformation(DisplayName=ua.LocalizedText("m3/min")))
    recorder.requests.clear()
    out = tmp_path / "draft.yaml"
    await asyncio.to_thread(browse, works.url, **browse_options(out=out))
    drafted = {entry["signal"]: entry for entry in yaml.safe_load(out.read_text())["tags"]}
    assert drafted.keys() == {"belt_mass", "count", "blast"}
    assert drafted["blast"] == {
        "signal": "blast",
        "kind": "gauge",
        "source": "plc",
        "node": "nsu=urn:test:plant;s=BF3.Blast",
        "unit_of_measure": "m3/min",
        "low": 0.0,
        "high": 6500.0,
    }
    for entry in drafted.values():
        checked = TagEntry.model_validate(entry)
        OpcUaAddress.model_validate(checked.model_extra)
    assert "BF3/Blast: Double = 3100" in out.read_text()
    assert "Count: UInt32 = 7" in out.read_text()
    assert recorder.names() - {"CloseSecureChannelRequest"} == {
        "GetEndpointsRequest",
        "CreateSessionRequest",
        "ActivateSessionRequest",
        "CloseSessionRequest",
        "ReadRequest",
        "BrowseRequest",
    }
    with pytest.raises(ConfigurationError, match="already exists"):
        browse(works.url, **browse_options(out=out))


async def test_a_browse_names_what_is_no_number_with_its_type_and_its_node(works: Works, tmp_path: Path) -> None:
    """Such as the nodes of an event ring: a head that is a number, and arrays that are none."""
    ends = [datetime(2026, 3, 1, 12, tzinfo=UTC)] * 4
    await works.start(
        Grade="St3",
        Taken=ends[0],
        Head=ua.Variant(3, ua.VariantType.UInt32),
        Sequence=ua.Variant([0, 1, 2, 3], ua.VariantType.UInt32),
        Key=ua.Variant(["", "T-1", "T-2", "T\n3"], ua.VariantType.String),
        Tonnes=ua.Variant([0.0, 500.0, 505.0, 510.0], ua.VariantType.Float),
        End=ua.Variant(ends, ua.VariantType.DateTime),
        Dead=1.0,
    )
    await works.write("Dead", 1.0, status=ua.StatusCodes.BadSensorFailure)
    await asyncio.to_thread(browse, works.url, **browse_options(out=tmp_path / "draft.yaml"))
    text = (tmp_path / "draft.yaml").read_text()
    assert [entry["signal"] for entry in yaml.safe_load(text)["tags"]] == ["head"]
    for line in (
        "#   Grade: String = 'St3'",
        "#   Taken: DateTime = 2026-03-01 12:00:00Z",
        "#   Sequence: UInt32[4] = 0, 1, 2, ...",
        "#   Key: String[4] = '', 'T-1', 'T-2', ...",
        "#   Tonnes: Float[4] = 0.0, 500.0, 505.0, ...",
        "#   End: DateTime[4] = 2026-03-01 12:00:00Z, 2026-03-01 12:00:00Z, 2026-03-01 12:00:00Z, ...",
        "#   Dead: no value, BadSensorFailure",
        '#     node: "nsu=urn:test:plant;s=Key"',
    ):
        assert line in text.splitlines()


async def test_a_browse_tells_of_a_node_that_is_never_answered_and_drafts_all_others(
    works: Works, recorder: Recorder, tmp_path: Path
) -> None:
    await works.start(**{f"V{number}": float(number) for number in range(30)})
    recorder.unanswered["V7"] = Recorder.SILENT
    recorder.unanswered["V8"] = ua.StatusCodes.BadInternalError
    settings = {"name": "plc", "type": "opcua", "url": works.url, "timeout": "400ms", "security": {"policy": "None"}}
    config = OpcUaConfig.model_validate(settings)
    found = (await walk(lambda: connected(config, tmp_path, time.time_ns, time.monotonic))).variables
    variables = {variable.path[-1]: variable for variable in found}
    assert sum(variable.number is not None for variable in variables.values()) == 28
    assert (variables["V7"].data_type, variables["V7"].status) == ("", "BadTimeout")
    assert (variables["V8"].data_type, variables["V8"].status) == ("", "BadInternalError")


async def test_a_browse_outlives_a_node_that_holds_up_its_server_and_names_it(
    works: Works, recorder: Recorder, tmp_path: Path
) -> None:
    await works.start(**{f"V{number}": float(number) for number in range(30)})
    recorder.unanswered["V7"] = Recorder.HOLDS_UP_ALL
    settings = {"name": "plc", "type": "opcua", "url": works.url, "timeout": "300ms", "security": {"policy": "None"}}
    config = OpcUaConfig.model_validate(settings)
    found = (await walk(lambda: connected(config, tmp_path, time.time_ns, time.monotonic))).variables
    assert sum(variable.number is not None for variable in found) == 29
    assert [variable.status for variable in found if variable.path[-1] == "V7"] == ["BadTimeout"]


@pytest.mark.long
async def test_a_poll_outlives_a_node_that_holds_up_its_server_and_names_it(
    works: Works, recorder: Recorder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(rate=812.5, gone=1.0)
    recorder.unanswered["gone"] = Recorder.HOLDS_UP_ALL
    path = plant(tmp_path, works.url)
    path.write_text(path.read_text().replace("type: opcua", "type: opcua, timeout: 1s"))
    await asyncio.to_thread(poll, "plc", path, 1.0)
    done = capsys.readouterr()
    assert "812.5" in next(line for line in done.out.splitlines() if line.startswith("belt.rate"))
    named = [line for line in (done.out + done.err).splitlines() if "belt.gone" in line]
    assert len(named) == 1, "once, and not in a log beside it"
    assert "no answer to nsu=urn:test:plant;s=gone" in named[0] or "nothing came of belt.gone" in named[0]


async def test_a_browse_goes_through_a_large_server_in_pieces(works: Works, tmp_path: Path) -> None:
    works.nodes_per_read = 50
    await works.start(**{f"V{number}": float(number) for number in range(260)})
    await asyncio.to_thread(browse, works.url, **browse_options(out=tmp_path / "draft.yaml"))
    assert len(yaml.safe_load((tmp_path / "draft.yaml").read_text())["tags"]) == 260


def test_a_browse_without_a_policy_is_refused_with_the_choice() -> None:
    with pytest.raises(ConfigurationError, match=r"security\.policy: '' is not one of 'None'"):
        browse("opc.tcp://127.0.0.1:9", **browse_options(policy=""))


PLANT = """
version: 1
site: {{code: works, names: {{en: Works}}, zone: Asia/Almaty}}
products: [{{code: coal_raw, names: {{en: Coal}}, definition: as mined, basis: wet}}]
shops:
  - code: mines
    names: {{en: Mines}}
    units:
      - code: belt
        kind: mine
        names: {{en: Belt}}
        tags:
          - {{signal: rate, kind: gauge, source: plc, node: "nsu=urn:test:plant;s=rate", unit_of_measure: t/h}}
          - {{signal: gone, kind: gauge, source: plc, node: "nsu=urn:test:plant;s=gone", unit_of_measure: t/h}}
sources:
  - {{name: plc, type: opcua, url: "{url}", security: {{policy: None}}}}
"""


def plant(folder: Path, url: str) -> Path:
    path = folder / "plant.yaml"
    path.write_text(PLANT.format(url=url).replace("policy: None", 'policy: "None"'))
    return path


async def test_a_poll_shows_each_tag_with_its_quality_and_what_could_not_be_read(
    works: Works, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(rate=812.5)
    await asyncio.to_thread(poll, "plc", plant(tmp_path, works.url), 10.0)
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.startswith("belt.rate"))
    assert [part in line for part in ("812.5", "t/h", "good", "Z", " s")] == [True] * 5
    assert "not read belt.gone: BadNodeIdUnknown" in shown


async def test_a_poll_of_a_subscribing_source_shows_its_tags_with_all_digits_of_a_count(
    works: Works, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(rate=ua.Variant(2**63 + 1, ua.VariantType.UInt64))
    path = plant(tmp_path, works.url)
    path.write_text(path.read_text().replace("type: opcua", "type: opcua, mode: subscribe"))
    await asyncio.to_thread(poll, "plc", path, 10.0)
    shown = capsys.readouterr().out
    assert "9223372036854775809" in next(line for line in shown.splitlines() if line.startswith("belt.rate"))
    assert "not read belt.gone: BadNodeIdUnknown" in shown


async def test_a_poll_shows_which_alarms_are_active_and_of_which_unit(
    works: Works, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(rate=812.5, gone=1.0)
    await answers_what_stands(works)
    for name, active in (("Belt slips", True), ("Door open", True), ("Belt torn", False)):
        await (await Condition.of(works, name, "Belt 1")).tell(active=active)
    path = plant(tmp_path, works.url)
    text = path.read_text().replace("type: opcua", "type: opcua, alarms: {}")
    unit = re.search(r"( *)tags:", text)
    assert unit is not None
    path.write_text(text.replace(unit[0], f"{unit[1]}alarms: [{{source: plc, name: 'belt*'}}]\n{unit[0]}", 1))
    await asyncio.to_thread(poll, "plc", path, 10.0)
    shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("alarm")]
    assert sorted(shown) == [
        "alarm 'Belt slips' from 'Belt 1', severity 700, is active, of belt",
        "alarm 'Door open' from 'Belt 1', severity 700, is active, of no unit: "
        "a unit that it speaks of takes it by its key alarms",
    ]


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_poll_names_the_status_of_a_value_that_is_bad(
    works: Works, tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: str
) -> None:
    await works.start(rate=812.5, gone=1.0)
    await works.write("gone", 1.0, status=ua.StatusCodes.BadSensorFailure)
    path = plant(tmp_path, works.url)
    path.write_text(path.read_text().replace("type: opcua", f"type: opcua, mode: {mode}"))
    await asyncio.to_thread(poll, "plc", path, 10.0)
    shown = capsys.readouterr().out
    assert "bad: BadSensorFailure" in next(line for line in shown.splitlines() if line.startswith("belt.gone"))


async def test_a_poll_that_waited_in_vain_for_one_tag_shows_the_others_and_names_it(
    works: Works, recorder: Recorder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await works.start(rate=812.5, gone=1.0)
    recorder.unanswered["gone"] = Recorder.SILENT
    path = plant(tmp_path, works.url)
    path.write_text(path.read_text().replace("type: opcua", "type: opcua, timeout: 600ms"))
    await asyncio.to_thread(poll, "plc", path, 10.0)
    shown = capsys.readouterr().out
    assert "812.5" in next(line for line in shown.splitlines() if line.startswith("belt.rate"))
    assert "not read belt.gone: no answer to nsu=urn:test:plant;s=gone within 0.6 s" in shown


def test_a_poll_of_a_server_that_is_away_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="check that the server runs"):
        poll("plc", plant(tmp_path, "opc.tcp://127.0.0.1:9"), 10.0)


def test_a_poll_of_an_unknown_source_names_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no source 'dcs'; it has plc"):
        poll("dcs", plant(tmp_path, "opc.tcp://127.0.0.1:9"), 10.0)
