"""Amounts beyond a budget are asked about, and what was stated of a project can be taken back."""

from pathlib import Path

import pytest

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.changes_desk import RecordedChangesDesk
from collector.entries.desk_actions import DeskEntries
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.projects import read_projects
from models.access.desk_actions import ActionRefused
from models.access.recorded_change import ActKind
from models.access.user import User, UserRole
from models.stated.project_progress import StatedOfProjects
from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command, tundish, works
from tests.collector.entries.test_measures import stating, written

__all__ = ["stating", "tundish", "works"]

HEAD = "project,month,paid,physical_pct,source,published\n"
STEPS = "project,milestone,forecast,fact,source,published\n"
STEP = {"project": "mill", "milestone": "furnace", "forecast": "", "fact": "", "source": "", "stated_on": ""}
PLANNER = User(name="planner", full_name="", roles=(UserRole.PLANNER,))


def stands(works: Path) -> StatedOfProjects:
    return EntryFile(load(works)).read(lambda connection: read_projects(connection, {}))


def cells(paid: str, month: str = "2025-02", **more: str) -> dict[str, str]:
    return {"project": "mill", "period": month, "paid": paid, "source": "Act", "stated_on": "2025-03-15"} | more


def test_a_file_beyond_the_budget_is_asked_about_with_both_sums_and_taken_once_confirmed(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    first = written(tmp_path, f"{HEAD}mill,2025-01,90000,,Act 1,2025-02-15\n")
    assert stating("project", "import", first).code == 0
    second = written(tmp_path, f"{HEAD}mill,2025-02,6000.5,,Act 2,2025-03-15\n", "two.csv")
    asked = stating("project", "import", second)
    assert asked.code == 1
    said = asked.err.replace("\n", " ")
    assert "Section mill: paid comes to 96,000.5 with this, more than its budget of 95,000 (million tenge)" in said
    assert "with --confirm it is taken" in said
    assert [str(each.value) for each in stands(works).numbers] == ["90000"]
    assert "new: 1" in stating("project", "import", second, "--confirm").out
    assert len(stands(works).numbers) == 2
    assert stating("project", "import", second).code == 0, "what stands already adds nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_asks_too_and_stores_what_is_confirmed(
    language: str, stating: Command, works: Path, tmp_path: Path
) -> None:
    desk = DeskEntries(EntryFile(load(works)))
    with pytest.raises(ActionRefused) as asked:
        desk.state_project_month(PLANNER, cells("95000.5"), confirmed=False)
    assert asked.value.asks
    told = asked.value.told(language).replace("\xa0", " ")  # type: ignore[arg-type]
    assert ("95,000.5" if language == "en" else "95 000,5") in told
    assert ("95,000 " if language == "en" else "95 000 ") in told
    assert "--" not in told
    assert not desk.state_project_month(PLANNER, cells("95000.5"), confirmed=True)
    assert not desk.state_project_month(PLANNER, cells("0", "2025-03"), confirmed=False), "nothing is added"


def test_a_confirmed_excess_stands_in_the_changes_with_who_and_both_sums(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    def changes() -> dict[str, tuple[str, str, str]]:
        entries = EntryFile(load(works))
        found = RecordedChangesDesk(entries, AccessFile(entries.settings.data_dir)).newest(
            99, kind=ActKind.MEASURE, author="", users=False
        )
        return {change.fields[0].after: (change.author, change.sum, change.budget) for change in found}

    rows = "mill,2025-01,90000,10,Act 1,2025-02-15\nmill,2025-02,4000,20,Act 1,2025-02-15\n"
    assert stating("project", "import", written(tmp_path, HEAD + rows), "--by", "Anna").code == 0
    more = (
        "mill,2025-03,2000,,Act 2,2025-04-15\nmill,2025-04,0,,Act 2,2025-04-15\nmill,2025-05,500.5,,Act 2,2025-04-15\n"
    )
    done = stating("project", "import", written(tmp_path, HEAD + more, "two.csv"), "--by", "Berik", "--confirm")
    assert done.code == 0, done.err
    found = changes()
    both = ("Berik", "96500.5", "95000")
    assert (found["2000"], found["500.5"]) == (both, both), "one file is confirmed as a whole"
    assert found["90000"] == found["4000"] == ("Anna", "", "")
    assert found["10"][1:] == ("", ""), "no percent is an amount"
    # What was taken back is in no later sum, and the record of what was confirmed stays.
    assert stating("project", "withdraw", "mill", "2025-01", "--by", "Anna").code == 0
    third = written(tmp_path, f"{HEAD}mill,2025-06,7,,Act 3,2025-07-15\n", "three.csv")
    assert stating("project", "import", third).code == 0
    assert (changes()["2000"], changes()["7"][1:]) == (both, ("", ""))


def test_a_month_that_was_withdrawn_stands_no_more_and_its_document_may_state_it_anew(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, f"{HEAD}mill,2025-01,5,45,Act,2025-02-15\nmill,2025-02,6,,Act,2025-03-15\n")
    assert stating("project", "import", file).code == 0
    done = stating("project", "withdraw", "Section mill", "2025-01", "--by", "P.")
    assert "Section mill, 2025-01: withdrawn (2)" in done.out
    assert [str(each.value) for each in stands(works).numbers] == ["6"]
    assert "45" not in stating("project", "list").out
    other = written(tmp_path, f"{HEAD}mill,2025-01,7,45,Act,2025-02-15\n", "b.csv")
    assert "new: 2, replaced: 0, the same: 0" in stating("project", "import", other).out
    assert sorted(str(each.value) for each in stands(works).numbers) == ["45", "6", "7"]


def test_a_milestone_can_be_withdrawn_with_the_fact_that_was_none(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, f"{STEPS}mill,furnace,,2025-06-20,Act,2025-07-04\n")
    assert stating("project", "milestones", file).code == 0
    assert "withdrawn (1)" in stating("project", "withdraw", "mill", "Розжиг печи").out
    assert stands(works).milestones == {}
    assert "2025-06-20" not in stating("project", "milestones").out
    assert "new: 1" in stating("project", "milestones", file).out


@pytest.mark.parametrize(
    ("project", "what", "said"),
    [
        ("nobody", "2025-01", '"nobody" is not in the configuration; known: mill'),
        ("mill", "2025-01", "nothing is stated of 2025-01"),
        ("mill", "furnace", "nothing is stated of furnace"),
        ("mill", "roof", '"roof" is neither a month such as 2025-08 nor a milestone of the project; known: furnace'),
    ],
)
def test_what_cannot_be_withdrawn_is_said(project: str, what: str, said: str, stating: Command) -> None:
    refused = stating("project", "withdraw", project, what)
    assert refused.code == 1
    assert said in refused.err.replace("\n", " ")


def test_what_somebody_else_stated_meanwhile_is_not_withdrawn_unseen(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    desk = DeskEntries(EntryFile(load(works)))
    assert not desk.state_project_month(PLANNER, cells("5"), confirmed=False)
    (seen,) = desk.stated_of_project("mill")
    assert not desk.state_project_month(PLANNER, cells("6", source="Act 2"), confirmed=False)
    with pytest.raises(ActionRefused, match="meanwhile"):
        desk.withdraw_of_project(PLANNER, seen)
    (seen,) = desk.stated_of_project("mill")
    desk.withdraw_of_project(PLANNER, seen)
    assert desk.stated_of_project("mill") == []
    with pytest.raises(ActionRefused, match="roles do not allow"):
        desk.withdraw_of_project(User(name="director", full_name="", roles=(UserRole.DIRECTOR,)), seen)


def test_every_fault_of_a_form_is_told_at_its_field_in_its_own_words(stating: Command, works: Path) -> None:
    desk = DeskEntries(EntryFile(load(works)))
    typed = {"project": "mill", "period": "", "paid": "1,234", "work_done": "-5", "jobs": "1.5", "physical_pct": "many"}
    with pytest.raises(ActionRefused) as refused:
        desk.state_project_month(PLANNER, typed | {"source": "", "stated_on": ""}, confirmed=False)
    said = {field: told("en") for field, told in refused.value.by_field.items()}
    assert said == {
        "period": "fill this in",
        "source": "fill this in",
        "stated_on": "fill this in",
        "paid": '"1,234" may mean 1.234 or 1234: write 1.2340 or 1234',
        "work_done": "-5 is below zero: correct it",
        "jobs": "1.5 jobs: jobs are whole; correct it",
        "physical_pct": '"many" is not a number: write it like 1234.5, or leave the field empty',
    }
    with pytest.raises(ActionRefused) as refused:
        desk.state_milestone(PLANNER, {**STEP, "stated_on": "2150-01-01"})
    said = {field: told("en") for field, told in refused.value.by_field.items()}
    assert set(said) == {"forecast", "stated_on", "source"}
    assert said["forecast"] == "fill in at least one of these fields"
    everything = " ".join(told(language) for told in refused.value.by_field.values() for language in LANGUAGES)
    assert "--" not in everything
