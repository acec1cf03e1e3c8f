"""How the suite is shared among processes: a file stays with one, and the longest begin first."""

import pytest

from tests.support import budget

__all__ = ["budget"]

LONGEST = ("test_drops_in_the_demo.py", "test_fortnight.py", "history_works", "test_demo.py", "test_page.py")
"""Groups that would be left alone at the end if they came in their turn, as `make test` measured them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group tests by file, and the files that read the filled database together, for it takes long to fill."""
    reading = {item.path for item in items if "history_works" in getattr(item, "fixturenames", ())}
    groups = {item.path: "history_works" if item.path in reading else item.path.name for item in items}
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[item.path]))
    turns = {group: turn for turn, group in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(groups[item.path], len(LONGEST)))
