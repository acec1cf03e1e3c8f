"""What the ledger needs of a delivery, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from collector.service.journal_facts import JournalFacts, decode_facts, encode_facts
from models.counting.event import MOST_TONNES
from models.counting.reading import EventReading
from models.works.codes import Quality

pytestmark = pytest.mark.long

_NS = st.integers(0, 2**62)
_NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(2**53, 2**64) | st.integers(-(2**63), -(2**53))
)
_EVENTS = st.builds(
    EventReading,
    tag=st.text(min_size=1),
    key=st.text(),
    sequence=st.integers(0, 2**63 - 1),
    tonnes=st.floats(-MOST_TONNES, MOST_TONNES),
    end_ns=_NS,
    received_ns=_NS,
    quality=st.sampled_from(Quality),
)
_FACTS = st.builds(
    JournalFacts,
    counters=st.lists(st.tuples(st.text(min_size=1), _NS, _NUMBERS, st.sampled_from(Quality))).map(tuple),
    events=st.lists(_EVENTS).map(tuple),
    coverage=st.dictionaries(st.text(min_size=1), st.integers(0, 1000)),
    gaps=st.lists(st.tuples(st.text(min_size=1), _NS, _NS)).map(tuple),
    idle=st.lists(st.tuples(st.text(min_size=1), _NS, _NUMBERS)).map(tuple),
    measured=st.lists(st.tuples(st.text(min_size=1), _NS, st.floats(allow_nan=False, allow_infinity=False))).map(tuple),
)


@given(_FACTS)
def test_facts_read_back_as_they_were_written(facts: JournalFacts) -> None:
    assert decode_facts(encode_facts(facts)) == facts


def test_facts_without_such_numbers_are_written_as_ever() -> None:
    facts = JournalFacts(counters=[("mine1.coal", 5, 1000.5, Quality.GOOD)])
    assert encode_facts(facts) == b'{"counters":[["mine1.coal",5,1000.5,2]]}'


def test_nothing_to_tell_takes_no_bytes() -> None:
    assert encode_facts(JournalFacts()) == b""
    assert decode_facts(b"") == JournalFacts()


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        b"[]",
        b'{"heats":[]}',
        b'{"counters":[["a",1,2.0]]}',
        b'{"counters":[["a",1,2.0,7]]}',
        b'{"counters":[["a","1",2.0,2]]}',
        b'{"gaps":[["a",-1,2]]}',
        b'{"events":[{"tag":"a","key":"1","sequence":1,"tonnes":1e15,"end_ns":1,"received_ns":1,"quality":2}]}',
        b'{"events":[{"tag":"a","key":"1","sequence":1,"tonnes":NaN,"end_ns":1,"received_ns":1,"quality":2}]}',
    ],
)
def test_bytes_that_are_no_facts_of_this_version_are_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        decode_facts(data)
