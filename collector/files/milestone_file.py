"""Files of milestones of projects: when each is expected, or that it was reached. Pure."""

from collections.abc import Sequence

from collector.files.measure_texts import measure_text
from collector.files.plain_table import PlainRow, PlainTable, RefusedMeasure, TableRead, codes_by_word, read_table
from collector.files.sheet import SheetFile
from models.stated.measure import Project
from models.stated.milestone_word import MilestoneWord

_NEEDED = ("project", "milestone", "source", "stated_on")
_TABLE = PlainTable((*_NEEDED, "forecast", "fact"), _NEEDED, {})


def read_milestones(file: SheetFile, projects: Sequence[Project], author: str, today: int) -> TableRead[MilestoneWord]:
    """The words of a file. `today`: the date (ordinal) after which nothing
    can have been reached or stated."""
    names, steps = codes_by_word(projects), {project.code: codes_by_word(project.milestones) for project in projects}

    def parse(row: PlainRow) -> list[MilestoneWord]:
        project = row.known("project", names)
        forecast = None if row.cell("forecast") is None else row.day("forecast")
        fact = None if row.cell("fact") is None else row.past_day("fact", today)
        if forecast is None and fact is None:
            columns = measure_text("forecast"), measure_text("fact")
            raise RefusedMeasure(measure_text("no_number", columns=columns))
        stated_on = row.past_day("stated_on", today)
        if fact is not None and fact > stated_on:
            raise RefusedMeasure(measure_text("after_document"))
        return [
            MilestoneWord(
                project=project, milestone=row.known("milestone", steps[project]), forecast=forecast, fact=fact,
                source=row.text("source"), stated_on=stated_on, author=author,
            )
        ]  # fmt: skip

    return read_table(file, _TABLE, parse, lambda word: word.of)
