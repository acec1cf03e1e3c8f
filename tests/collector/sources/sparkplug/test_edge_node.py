"""An edge node as its messages tell of it: births, aliases, missing messages, deaths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.sources.mqtt.payload import UnreadablePayload
from collector.sources.sparkplug.edge_node import EdgeNode, NodeWord
from collector.sources.sparkplug.payload import payload_of, rebirth_request
from collector.sources.sparkplug.topic import SparkplugTopic, topic_of
from models.works.codes import Quality
from tests.collector.sources.sparkplug.edge_bytes import (
    DATASET,
    DOUBLE,
    FOREIGN,
    INT32,
    birth,
    death,
    payload,
)

WANTED = {"scale": frozenset({"Scale/Total", "Scale/Net", "Scale/Rate"}), "": frozenset({"Load"})}


def node() -> EdgeNode:
    return EdgeNode("mine/belts", WANTED)


def take(one: EdgeNode, kind: str, raw: bytes) -> NodeWord | None:
    topic = topic_of(f"spBv1.0/mine/{kind}/belts" + ("/scale" if kind.startswith("D") else ""))
    assert topic is not None
    return one.take(topic, payload_of(raw), raw)


def said(word: NodeWord | None) -> list[tuple[str, object]]:
    assert word is not None
    return [(value.name, value.value) for value in word.values]


def total(value: float, **keys: object) -> dict[str, object]:
    return {"alias": 1, "double_value": value, **keys}


def born(*, bd_seq: int = 1) -> EdgeNode:
    one = node()
    take(one, "NBIRTH", birth(bd_seq))
    take(one, "DBIRTH", payload(1, {"name": "Scale/Total", **total(5.0), "datatype": DOUBLE}))
    return one


def test_what_a_foreign_encoder_says_is_read_to_the_last_digit() -> None:
    one = node()
    take(one, "NBIRTH", bytes.fromhex(FOREIGN["NBIRTH"]))
    word = take(one, "DBIRTH", bytes.fromhex(FOREIGN["DBIRTH"]))
    assert said(word) == [("Scale/Total", 2**53 + 1), ("Scale/Net", -250), ("Scale/Rate", 612.5)]
    assert word is not None
    assert word.units == {"Scale/Total": "kg"}
    word = take(one, "DDATA", bytes.fromhex(FOREIGN["DDATA"]))
    assert said(word) == [("Scale/Total", 2**64 - 1), ("Scale/Net", -1), ("Scale/Rate", None), ("Scale/Rate", 600.0)]
    assert word is not None
    assert [(value.is_historical, value.quality) for value in word.values[2:]] == [
        (False, Quality.BAD),
        (True, Quality.GOOD),
    ]
    assert not one.why_not("scale")
    take(one, "NDEATH", bytes.fromhex(FOREIGN["NDEATH"]))
    assert one.why_not("scale") == "edge node mine/belts is dead: it left the broker"


@pytest.mark.parametrize(
    ("raw", "datatype", "value"),
    [
        (0xFFFFFFFF, 1, -1),
        (0xFF, 1, -1),
        (0x7F, 1, 127),
        (0xFFFF8000, 2, -32768),
        (0xFFFFFFFF, 7, 2**32 - 1),
        (2**64 - 1, 4, -1),
        (2**63, 4, -(2**63)),
    ],
)
def test_whole_numbers_have_the_sign_of_their_type(raw: int, datatype: int, value: int) -> None:
    one = born()
    field = "long_value" if raw >= 2**32 else "int_value"
    word = take(one, "DDATA", payload(2, {"name": "Scale/Net", "datatype": datatype, field: raw}))
    assert said(word) == [("Scale/Net", value)]


def test_an_alias_is_believed_until_a_message_is_missing_and_again_after_a_birth() -> None:
    one = born()
    assert said(take(one, "DDATA", payload(2, total(6.0)))) == [("Scale/Total", 6.0)]
    word = take(one, "DDATA", payload(4, total(8.0)))
    assert word is not None
    assert (word.lost, word.unknown, word.values) == (True, True, [])
    word = take(one, "DDATA", payload(5, total(9.0)))
    assert word is not None
    assert (word.lost, word.unknown, word.values) == (False, True, [])
    assert "has said no birth that we heard" in one.why_not("scale")
    take(one, "NBIRTH", birth(2))
    take(one, "DBIRTH", payload(1, {"name": "Scale/Total", "datatype": DOUBLE, "double_value": 9.5, "alias": 4}))
    assert said(take(one, "DDATA", payload(2, {"alias": 4, "double_value": 10.0}, total(1.0)))) == [
        ("Scale/Total", 10.0)
    ]


def test_a_value_with_its_name_and_type_needs_no_birth() -> None:
    one = node()
    named = {"name": "Scale/Net", "datatype": INT32, "int_value": 7}
    assert said(take(one, "DDATA", payload(17, named))) == [("Scale/Net", 7)]
    without_type = {"name": "Scale/Net", "int_value": 7}
    word = take(one, "DDATA", payload(18, without_type))
    assert word is not None
    assert (word.values, word.unknown) == ([], True), "it may have a sign or none"


def test_numbers_go_round_after_255_and_a_message_that_comes_twice_is_one() -> None:
    one = born()
    for seq in [*range(2, 256), *range(3)]:
        word = take(one, "DDATA", payload(seq, total(float(seq))))
        assert word is not None
        assert not word.lost
    assert take(one, "DDATA", payload(2, total(2.0))) is None


def test_the_death_of_an_earlier_life_ends_nothing() -> None:
    one = born(bd_seq=5)
    assert take(one, "NDEATH", death(4)) is None
    assert not one.why_not("scale")
    assert take(one, "NDEATH", death(5)) is not None
    assert one.is_dead


def test_a_dead_device_says_so_until_it_is_born_and_its_node_lives_on() -> None:
    one = born()
    take(one, "DDEATH", payload(2))
    assert "device scale of edge node mine/belts is dead" in one.why_not("scale")
    assert not one.wants_birth, "what is dead says none"
    assert not one.why_not("")
    take(one, "DBIRTH", payload(3, {"name": "Scale/Total", **total(5.0), "datatype": DOUBLE}))
    assert not one.why_not("scale")


def test_a_birth_without_a_metric_that_a_tag_names_is_told() -> None:
    assert born().lacks()["scale", "Scale/Rate"] == "the birth of mine/belts/scale names no metric Scale/Rate"


def test_a_type_that_is_no_number_has_no_value() -> None:
    one = born()
    word = take(one, "DDATA", payload(2, {"name": "Scale/Net", "datatype": DATASET}))
    assert word is not None
    assert (word.values[0].value, word.values[0].quality) == (None, Quality.BAD)
    assert "neither a number nor a text" in word.values[0].why


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("spBv1.0/g/NBIRTH/e", "NBIRTH"),
        ("spBv1.0/g/DDATA/e/d", "DDATA"),
        ("spBv1.0/g/NCMD/e", None),
        ("spBv1.0/g/NDATA/e/d", None),
        ("spBv1.0/g/DDATA/e", None),
        ("spAv1.0/g/NDATA/e", None),
        ("spBv1.0/STATE/host", None),
    ],
)
def test_topics_that_are_none_of_an_edge_node_are_left_alone(topic: str, kind: str | None) -> None:
    found = topic_of(topic)
    assert (found.kind if found else None) == kind


def test_a_compressed_message_is_refused_by_name() -> None:
    from collector.sources.sparkplug.schema import PayloadMessage

    packed = PayloadMessage(uuid="SPBV1.0_COMPRESSED", body=b"x")
    with pytest.raises(UnreadablePayload, match="turn compression off"):
        payload_of(packed.SerializeToString())


def test_the_request_for_a_birth_is_one_command() -> None:
    asked = payload_of(rebirth_request(1_790_751_600_000))
    assert [(metric.name, metric.raw) for metric in asked.metrics] == [("Node Control/Rebirth", True)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["NBIRTH", "DBIRTH", "DDATA", "NDATA", "NDEATH", "DDEATH"]), st.binary(max_size=60))
    )
)
def test_whatever_bytes_come_a_node_says_something_or_they_are_refused(messages: list[tuple[str, bytes]]) -> None:
    one = node()
    for kind, raw in messages:
        try:
            said_now = payload_of(raw)
        except UnreadablePayload:
            one.refused()
            continue
        word = one.take(SparkplugTopic("mine/belts", kind, "scale" if kind.startswith("D") else ""), said_now, raw)
        assert word is None or all(value.name in WANTED[word.device] for value in word.values)
