"""How the suite is shared among processes: a file stays with one, and the longest begin first. And its alarms."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.support import budget

__all__ = ["budget"]

FILLED = "the filled database"
READ_THE_FILLED_DATABASE = {
    "test_alerts_in_grafana.py",
    "test_boards_in_grafana.py",
    "test_panels_match_reports.py",
    "test_panels_over_postgres.py",
    "test_rendered_numbers.py",
    "test_tables_match_reports.py",
    "test_two_works_in_one_database.py",
}
"""These stay with one process: filling the database takes longer than most of their tests."""
FILLED_WITHIN_S = 600
"""The first of them waits for two years of rows: half a minute of CPU, and of the database's as much again."""
LONGEST = (
    "test_drops_in_the_demo.py",
    FILLED,
    "test_kill_nine.py",
    "test_month_page.py",
    "test_report_page.py",
    "test_accessible.py",
    "test_entry_page.py",
    "test_alerts_page.py",
    "test_hostile_texts.py",
    "test_hostile_receipts.py",
    "test_sign_in.py",
    "test_hostile_command_lines.py",
    "test_page.py",
    "test_fortnight.py",
    "test_demo.py",
)
"""Groups that would be left over at the end if they came in their turn, as `make test` measured them."""


def group(file: str) -> str:
    """What runs in one process, one test after the other."""
    return FILLED if file in READ_THE_FILLED_DATABASE else file


class GroupScheduling(LoadScopeScheduling):
    """A group for a process at a time. The library's own groups, by a mark, do not work with pytest 9."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid.partition("::")[0].rpartition("/")[2])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Asked by pytest-xdist, where the suite is shared at all."""
    return GroupScheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> None:
    """A test that failed is timed no more: an alarm while its failure was written down ended the whole run."""
    if call.excinfo is not None:
        item.config.hook.pytest_timeout_cancel_timer(item=item)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest groups first; the order within a group stays."""
    for item in items:
        if "history_works" in getattr(item, "fixturenames", ()) and group(item.path.name) != FILLED:
            raise pytest.UsageError(f"{item.path.name} reads the filled database: name it in tests/conftest.py")
        if group(item.path.name) == FILLED:
            item.add_marker(pytest.mark.timeout(FILLED_WITHIN_S))
    turns = {name: turn for turn, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(group(item.path.name), len(LONGEST)))
