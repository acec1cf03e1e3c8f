"""The dialog in which a planner takes back what was stated of a month or a milestone of a project."""

import asyncio
from collections.abc import Sequence

from nicegui import ui

from dashboards.web.acting import Acting, FormAnswer
from dashboards.web.asked_form import AskedForm
from dashboards.web.elements import box, heading, label
from dashboards.web.texts import text
from models.access.desk_actions import ActionRefused, DeskActions
from models.briefing.months_named import months_named
from models.briefing.shown_numbers import day_shown, shown
from models.stated.measure import MeasureKind, Project
from models.stated.stated_thing import StatedThing
from models.works.localize import Language

_NAMES = {
    MeasureKind.WORK_PLAN: "project_work_plan",
    MeasureKind.WORK_DONE: "project_work_done",
    MeasureKind.PAID_PLAN: "project_paid_plan",
    MeasureKind.PAID: "project_paid_month",
    MeasureKind.PHYSICAL_PCT: "project_ready_field",
    MeasureKind.JOBS: "project_jobs_field",
}


class ProjectWithdrawal:
    """Open it with `open`; it offers what stands at that moment."""

    def __init__(self, project: Project, actions: DeskActions, acting: Acting) -> None:
        self._project, self._actions, self._acting = project, actions, acting

    async def open(self) -> None:
        """Show it."""
        language, project = self._acting.language, self._project
        fault, things = "", list[StatedThing]()
        try:
            things += await asyncio.to_thread(self._actions.stated_of_project, project.code)
        except ActionRefused as refused:
            fault = refused.told(language)
        title = text("project_withdraw", language)
        with ui.context.client.content, ui.dialog().props("no-refocus") as dialog, box("ask panel project-ask"):
            dialog.props["aria-label"] = title
            heading(f"{project.name(language)}: {title}")
            form = AskedForm(dialog, language)
            if things:
                options = {place: told(project, thing, language) for place, thing in enumerate(things)}
                chosen = ui.select(options, label=text("project_withdraw_what", language))
                form.field("thing", chosen.props("outlined dense options-dense").classes("project-thing"))
                label("quiet", text("project_withdraw_help", language))
            else:
                label("empty", fault or text("project_nothing", language))

            async def withdraw(_: bool) -> FormAnswer:
                return await self._withdraw(things, chosen.value if things else None)

            def stored() -> None:
                dialog.close()
                ui.navigate.reload()

            form.end(withdraw, stored, dialog.close, name=title if things else "")
        dialog.on("hide", dialog.delete)
        dialog.open()

    async def _withdraw(self, things: Sequence[StatedThing], place: int | None) -> FormAnswer:
        # Nothing is chosen beforehand: a hasty Enter takes nothing back.
        if place is None:
            lacking = text("project_withdraw_choose", self._acting.language)
            return FormAnswer(refused=lacking, fields={"thing": lacking})
        return await self._acting.answer(lambda user: self._actions.withdraw_of_project(user, things[place]))


def told(project: Project, thing: StatedThing, language: Language) -> str:
    """What stands of it, in one line."""
    if thing.month is not None:
        numbers = [f"{text(_NAMES[each.kind], language)} {shown(each.value, language)}" for each in thing.numbers]
        return f"{months_named(thing.month, language)}: {'; '.join(numbers)}"
    name = next((each.name(language) for each in project.milestones if each.code == thing.milestone), thing.milestone)
    days = (
        () if thing.word is None else ((thing.word.forecast, "project_expected"), (thing.word.fact, "project_reached"))
    )
    dates = [f"{text(key, language)} {day_shown(day, language)}" for day, key in days if day is not None]
    return f"{name}: {'; '.join(dates)}"
