"""Files of milestones of projects: when each is expected, or that it was reached. Pure."""

from collections.abc import Sequence

from collector.files.field_faults import FieldReader
from collector.files.measure_texts import measure_text
from collector.files.plain_table import PlainRow, PlainTable, TableRead, codes_by_word, read_table
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
        fields = FieldReader()
        project = fields.take("project", lambda: row.known("project", names), "")
        milestone = fields.take("milestone", lambda: row.known("milestone", steps[project]), "") if project else ""
        has_forecast, has_fact = row.cell("forecast") is not None, row.cell("fact") is not None
        forecast = fields.take("forecast", lambda: row.day("forecast"), 0) if has_forecast else None
        fact = fields.take("fact", lambda: row.past_day("fact", today), 0) if has_fact else None
        if not (has_forecast or has_fact):
            columns = measure_text("forecast"), measure_text("fact")
            fields.refuse("forecast", "no_number", columns=columns)
        stated_on = fields.take("stated_on", lambda: row.past_day("stated_on", today), today)
        if fact is not None and fact > stated_on and fields.is_sound("fact", "stated_on"):
            fields.refuse("fact", "after_document")
        source = fields.take("source", lambda: row.text("source"), "")
        fields.check()
        return [
            MilestoneWord(
                project=project, milestone=milestone, forecast=forecast, fact=fact, source=source,
                stated_on=stated_on, author=author,
            )
        ]  # fmt: skip

    return read_table(file, _TABLE, parse, lambda word: word.of)
