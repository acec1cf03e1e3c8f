"""The roster in the file of users: an older file takes it, and two who save at once are not mixed up."""

from pathlib import Path
from threading import Barrier, Thread

import apsw
import pytest

from collector.access.access_file import AccessFile
from collector.access.roster_file import RosterFile
from collector.access.schema import ACCESS
from collector.entries.alert_entry_texts import alert_entry_text
from collector.errors import EntryRefused
from collector.sentence import FilledText
from collector.storage.file.sql import pragma
from models.access.user import User, UserRole
from models.alerts.incident import Recipient, Role
from models.alerts.roster import DutyChange, DutyEntry

DUTY, START_S = Recipient(Role.DISPATCHER), 1_790_751_600
DANA = User(name="dana", full_name="", roles=(UserRole.DISPATCHER,))


def refusal(other: DutyEntry) -> FilledText:
    return alert_entry_text("roster_clash", shift="s", person=other.person, author=other.author, at="12:00")


def test_a_file_of_before_there_was_a_roster_takes_it_and_keeps_its_users(tmp_path: Path) -> None:
    AccessFile(tmp_path).add(DANA, "blast furnace 3", "root")
    older = apsw.Connection(str(tmp_path / ACCESS.name))
    older.execute("DROP TABLE duty; PRAGMA user_version = 2")
    older.close()
    file = RosterFile(tmp_path)
    assert file.between(0, 2**40) == file.newest(10) == []
    assert file.enter([DutyChange(DUTY, START_S, "dana", 0)], "root", refusal) == 1
    assert [entry.person for entry in file.newest(10)] == ["dana"]
    assert [user.name for user in AccessFile(tmp_path).users()] == ["dana"]
    with apsw.Connection(str(tmp_path / ACCESS.name)) as now:
        assert pragma(now, "user_version") == ACCESS.version


def test_of_many_who_save_the_same_shift_at_once_one_is_first_and_every_other_is_told(tmp_path: Path) -> None:
    RosterFile(tmp_path).enter([DutyChange(DUTY, START_S, "first", 0)], "root", refusal)
    barrier, refused = Barrier(6), []

    def save(person: str) -> None:
        barrier.wait()
        try:
            changes = [DutyChange(DUTY, START_S + 43_200, person, 0), DutyChange(DUTY, START_S, person, 1)]
            RosterFile(tmp_path).enter(changes, person, refusal)
        except EntryRefused as error:
            refused.append(str(error))

    threads = [Thread(target=save, args=(f"p{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    entries = RosterFile(tmp_path).newest(100)
    assert len(refused) == 5
    assert {entry.author for entry in entries} == {"root", entries[0].author}, "all of one save, nothing of another"
    assert all(entries[0].author in said for said in refused)


def test_a_damaged_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / ACCESS.name).write_bytes(b"no database" * 1000)
    with pytest.raises(Exception, match="damaged: bring it back from a backup"):
        RosterFile(tmp_path).newest(1)
