"""The dialogs in which a planner states a month of a project, or what is known of one of its milestones."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from nicegui import ui

from dashboards.web.acting import FormAnswer
from dashboards.web.ask_dialog import LONGEST
from dashboards.web.asked_form import AskedForm
from dashboards.web.elements import box, heading, label
from dashboards.web.texts import text
from models.works.localize import Language

Stated = Callable[[Mapping[str, str], bool], Awaitable[FormAnswer]]
"""Gets what was typed, by field, and whether what was asked about it is confirmed."""
MONTH_FIELDS = (
    *(("work_plan", "project_work_plan"), ("work_done", "project_work_done"), ("paid_plan", "project_paid_plan")),
    *(("paid", "project_paid_month"), ("physical_pct", "project_ready_field"), ("jobs", "project_jobs_field")),
)


@dataclass(frozen=True, slots=True)
class StatedProject:
    """The project that is stated: its code, its name, the unit of its amounts, and its milestones by code."""

    code: str
    name: str
    amounts: str
    milestones: Mapping[str, str]


class ProjectDialog:
    """Open it with `month` or `milestone`. What was typed stays until it is accepted or given up."""

    def __init__(self, project: StatedProject, language: Language) -> None:
        self._project, self._language = project, language

    def month(self, stated: Stated) -> None:
        """Of a month: the numbers that are known."""
        self._open("project_state_month", stated, self._month_fields)

    def milestone(self, stated: Stated) -> None:
        """Of a milestone: when it is expected, or was reached."""
        self._open("project_state_milestone", stated, self._milestone_fields)

    def _open(self, title: str, stated: Stated, fields: Callable[[], None]) -> None:
        self._typed: dict[str, str | None] = {"project": self._project.code}
        language = self._language
        with ui.context.client.content, ui.dialog().props("no-refocus") as self._dialog, box("ask panel project-ask"):
            self._dialog.props["aria-label"] = text(title, language)
            self._form = AskedForm(self._dialog, language)
            heading(f"{self._project.name}: {text(title, language)}")
            fields()
            self._field("source", "project_source", f"maxlength={LONGEST}")
            self._field("stated_on", "project_stated_on", "type=date stack-label")
            self._form.end(lambda confirmed: stated(self._cells(), confirmed), self._stored, self._dialog.close)
        self._dialog.on("hide", self._dialog.delete)
        self._dialog.open()

    def _month_fields(self) -> None:
        self._field("period", "project_month", "type=month stack-label")
        label("empty", text("project_amounts_in", self._language).format(amounts=self._project.amounts))
        with box("project-numbers"):
            for name, key in MONTH_FIELDS:
                self._field(name, key, "inputmode=decimal maxlength=30")

    def _milestone_fields(self) -> None:
        self._typed["milestone"] = next(iter(self._project.milestones))
        chosen = ui.select(dict(self._project.milestones), label=text("project_milestone", self._language))
        chosen.props("outlined dense").classes("project-milestone").bind_value(self._typed, "milestone")
        self._form.field("milestone", chosen)
        for name, key in (("forecast", "project_expected"), ("fact", "project_reached")):
            self._field(name, key, "type=date stack-label")

    def _field(self, name: str, key: str, props: str) -> None:
        self._typed[name] = ""
        field = ui.input(text(key, self._language)).props(f"outlined dense {props}")
        field.classes(f"project-{name.replace('_', '-')}").bind_value(self._typed, name)
        self._form.field(name, field)

    def _cells(self) -> Mapping[str, str]:
        return {name: content or "" for name, content in self._typed.items()}

    def _stored(self) -> None:
        self._dialog.close()
        ui.navigate.reload()
