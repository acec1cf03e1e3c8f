"""How a planner states projects at the desk: what is typed is read by the rules of the files."""

from collections.abc import Mapping, Sequence

from collector.entries.entry_file import EntryFile
from collector.entries.form_words import form_refusal
from collector.entries.measures import RecordedMeasures, record_measures, record_milestones
from collector.files.field_faults import FieldFault, RefusedFields
from collector.files.measure_file import MeasureForm, read_measures
from collector.files.milestone_file import read_milestones
from collector.files.plain_table import RowFault, codes_by_word
from collector.files.sheet import Sheet, SheetFile
from models.stated.measure import PROJECT_KINDS
from models.works.calendar import local_date


def state_month(
    entries: EntryFile, cells: Mapping[str, str], author: str, *, confirmed: bool = False
) -> RecordedMeasures:
    """Numbers of a month of a project. `cells`: by field of its file, as typed. `confirmed`: more than its budget is
    so. Raises EntryRefused, and ToConfirm."""
    form = MeasureForm(
        subject="project",
        names=codes_by_word(entries.settings.projects),
        kinds=PROJECT_KINDS,
        author=author,
        today=_today(entries),
        monthly=True,
    )
    read = read_measures(_as_file(cells), form)
    _check(read.faults)
    return record_measures(entries, read.entries, cells.get("project", ""), confirmed=confirmed)


def state_milestone(entries: EntryFile, cells: Mapping[str, str], author: str) -> RecordedMeasures:
    """When a milestone is expected, or that it was reached. `cells` as above. Raises EntryRefused."""
    read = read_milestones(_as_file(cells), entries.settings.projects, author, _today(entries))
    _check(read.faults)
    return record_milestones(entries, read.entries)


def _today(entries: EntryFile) -> int:
    return local_date(entries.plant.zone, entries.clock_ns()).toordinal()


def _as_file(cells: Mapping[str, str]) -> SheetFile:
    return SheetFile([Sheet("", [(1, list(cells)), (2, list(cells.values()))])], "")


def _check(faults: Sequence[RowFault]) -> None:
    if faults:
        raise form_refusal(RefusedFields([FieldFault(fault.field, fault.why) for fault in faults]))
