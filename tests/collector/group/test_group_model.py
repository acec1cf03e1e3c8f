"""Whatever is lost, comes twice or out of turn: the group ends in the image of the site, to the last row."""

import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.group.group_streams import SiteStop, site_taken
from collector.group.message import FiguresMessage
from tests.collector.group.site_sender import SiteSender, site_row
from tests.collector.group.taking import TakingGroup

if TYPE_CHECKING:
    from models.works.table import RowKey

STEP = st.one_of(
    st.tuples(st.just("put"), st.integers(0, 6), st.integers(0, 10**13)),
    st.tuples(st.just("withdraw"), st.integers(0, 6), st.just(0)),
    st.tuples(st.just("stream"), st.integers(1, 3), st.just(0)),
)


def life(steps: list[tuple[str, int, int]]) -> tuple[SiteSender, list[FiguresMessage]]:
    """A site that publishes, withdraws, and is brought back from a copy; and everything that it ever sent."""
    site, sent = SiteSender("north"), []
    sent += site.begin(1, 0)
    streams = 1
    for at, (kind, number, grams) in enumerate(steps, start=1):
        made_ns = at * 1_000
        row = site_row("north", number, grams)
        if kind == "put":
            sent.append(site.publish(made_ns, [row]))
        elif kind == "withdraw":
            sent.append(site.publish(made_ns, [], [row.key]))
        else:
            streams += 1
            sent += site.begin(streams, made_ns, number)
    return site, sent


@settings(deadline=None, max_examples=200)
@given(steps=st.lists(STEP, max_size=25), seed=st.integers(0, 2**32), lost=st.floats(0, 0.5))
def test_any_interleaving_of_repeats_losses_and_streams_ends_in_the_image_of_the_site(
    steps: list[tuple[str, int, int]], seed: int, lost: float
) -> None:
    site, sent = life(steps)
    group, chance = TakingGroup(), random.Random(seed)
    arrived = [message for message in sent if chance.random() >= lost]
    arrived += [message for message in sent if chance.random() < 0.5]
    chance.shuffle(arrived)
    for message in arrived:
        group.take(message)
    # What is left unanswered is sent again, as the group asks for it.
    for _ in range(2):
        taken = group.take(site.sent[-1]).answer
        assert taken is not None
        for message in site.sent[taken.taken :]:
            group.take(message)
    assert group.image("north") == site.image
    assert site_taken(group.connection, "north").stopped is SiteStop.NONE


@settings(deadline=None, max_examples=100)
@given(steps=st.lists(STEP, max_size=25), seed=st.integers(0, 2**32))
def test_until_an_image_is_whole_what_is_shown_was_an_image_of_the_site(
    steps: list[tuple[str, int, int]], seed: int
) -> None:
    """Nothing is ever shown that was not true at one instant: no half of a new stream, no mixture of two."""
    site, chance = SiteSender("north"), random.Random(seed)
    group = TakingGroup()
    known: list[dict[RowKey, dict[str, float | int | str]]] = [{}]
    messages = site.begin(1, 0)
    for at, (kind, number, grams) in enumerate(steps, start=1):
        for message in messages:
            for _ in range(chance.randrange(1, 3)):
                group.take(message)
            assert group.image("north") in known
        row = site_row("north", number, grams)
        if kind == "stream":
            messages = site.begin(at + 1, at * 1_000, number)
        else:
            gone = [row.key] if kind == "withdraw" else []
            messages = [site.publish(at * 1_000, [] if gone else [row], gone)]
        known.append(dict(site.image))
