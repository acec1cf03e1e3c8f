"""Answers that were spoilt byte by byte: each is refused or used within milliseconds, and memory stays where it is."""

import random
import subprocess
import sys

import pytest

from tests.support.collector_process import ROOT
from tests.support.hostile.answers import sound_answers
from tests.support.hostile.fed import FedCollector
from tests.support.hostile.run import LONGEST_MS, MOST_MB, SECURITY, feed
from tests.support.hostile.spoil import spoilt


@pytest.mark.parametrize("security", SECURITY)
async def test_every_sound_answer_is_used(security: str) -> None:
    collector = FedCollector(SECURITY[security])
    for answer in sound_answers():
        before = collector.used
        await collector.feed(answer, collector.encoded(answer.body))
        says_no = b"what it was" in answer.body or b"\x00\x00\x0a\x80" in answer.body  # a fault; a subscription ended
        assert (collector.used - before == 1) is not says_no, answer
    assert collector.ended == 0


async def test_the_same_seed_spoils_the_same_answers() -> None:
    first, second = (spoilt(answer.body, random.Random(3)) for answer in (sound_answers()[0], sound_answers()[0]))
    assert first == second
    assert sound_answers() == sound_answers()


@pytest.mark.alone
async def test_some_thousand_spoilt_messages_take_no_time_and_no_memory() -> None:
    campaign = await feed(6_000, seed=17)
    assert sum(row.messages for row in campaign.rows.values()) == 6_000
    assert all(row.used and row.ended for row in campaign.rows.values()), campaign.rows
    assert campaign.longest_ms < LONGEST_MS, campaign.rows
    assert campaign.grown_mb < MOST_MB


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_million_spoilt_messages_take_no_time_and_no_memory() -> None:
    command = [sys.executable, "-m", "tests.support.hostile.run", "--check"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
