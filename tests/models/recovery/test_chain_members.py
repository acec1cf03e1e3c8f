"""Which units play a part in a product: those before it, and those behind it only where a heap can be full."""

from dataclasses import replace

from models.recovery.chain_members import chain_members
from tests.models.recovery.test_recovered import NODE, PLANT, furnaces, works

WITH_HEAP = replace(PLANT, balance=(NODE,))


def test_a_furnace_hangs_on_the_mines_of_which_nobody_knows_what_they_can_do() -> None:
    found = works(furnaces(), 200_000, WITH_HEAP)
    assert chain_members(found, "pig_iron") >= {"bf2", "bf3", "mine1", "mine2"}


def test_mines_hang_on_no_furnace_unless_the_heap_between_them_can_be_full() -> None:
    found = works(furnaces(), None, WITH_HEAP)
    assert not chain_members(found, "coal_raw") & {"bf2", "bf3"}
    (heap,) = NODE.stock
    full = replace(NODE, stock=(replace(heap, most_t=9_000.0),))
    found = works(furnaces(), None, replace(PLANT, balance=(full,)))
    assert chain_members(found, "coal_raw") >= {"mine1", "mine2", "bf2", "bf3"}


def test_without_a_chain_only_those_play_a_part_that_make_it() -> None:
    assert not chain_members(works(furnaces(), 200_000), "pig_iron") & {"mine1", "mine2"}
