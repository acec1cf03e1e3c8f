"""What a terminal would act on is shown as a mark, in lines, tables and errors."""

import logging

import pytest
import structlog
from rich.table import Table

from collector.cli.say import say
from collector.cli.terminal import show
from collector.plain_text import plain
from collector.service.logs import configure_logs

HOSTILE = "bf3\x1b[2J\x1b]0;owned\x07\x9b31m\r\x08\x00\u202e9999"
ACTS = ("\x1b", "\x07", "\x9b", "\r", "\x08", "\x00", "\u202e")


def test_a_line_keeps_its_letters_and_loses_what_acts(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"Доменная печь №3 {HOSTILE}\nэкінші жол")
    out = capsys.readouterr().out
    assert out.startswith("Доменная печь №3 bf3\ufffd[2J")
    assert out.endswith("\nэкінші жол\n")
    assert not any(each in out for each in ACTS)


def test_a_cell_of_a_table_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("unit", title=HOSTILE)
    table.add_row(HOSTILE)
    show(table)
    out = capsys.readouterr().out
    assert "[2J" in out
    assert not any(each in out for each in ACTS)


def test_what_is_printable_is_left_as_it_is() -> None:
    text = "3-домна пеші: 4 000 т, м³/мин"
    assert plain(text) is text


@pytest.mark.parametrize("json_lines", [False, True])
def test_a_line_of_the_log_acts_on_no_terminal(capsys: pytest.CaptureFixture[str], json_lines: bool) -> None:
    before = logging.getLogger().handlers[:]
    try:
        configure_logs(json_lines=json_lines)
        structlog.get_logger("tests").warning("source_down", error=HOSTILE)
        out = capsys.readouterr().err
    finally:
        logging.getLogger().handlers[:] = before
    assert "owned" in out
    assert not any(each in out for each in ACTS)
