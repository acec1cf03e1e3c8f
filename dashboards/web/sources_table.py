"""The table of sources as NiceGUI elements."""

from collections.abc import Sequence

from nicegui import ui

from dashboards.web.elements import box, label
from dashboards.web.texts import text
from dashboards.web.view import SourceView
from models.works.localize import Language

_FIGURES = ("age", "readings", "rejected")


class SourcesTable:
    """A line for each source, or that there is none. It is built once: ages change each second, and building it anew
    for each viewer took most of a core at sixty."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._lines: list[_SourceLine] = []
        self._shape: tuple[tuple[str, bool, bool], ...] | None = None
        self._box = box("")

    def show(self, sources: Sequence[SourceView]) -> None:
        """Bring it up to date."""
        shape = tuple((source.source, bool(source.last_error), bool(source.not_fresh)) for source in sources)
        if shape != self._shape:
            self._shape = shape
            self._build(sources)
        for line, source in zip(self._lines, sources, strict=True):
            line.show(source)

    def _build(self, sources: Sequence[SourceView]) -> None:
        self._box.clear()
        self._lines = []
        with self._box:
            if not sources:
                label("empty", text("no_data", self._language))
                return
            with ui.element("table").classes("sources"):
                with ui.element("thead"), ui.element("tr"):
                    for key in ("source", "state", *_FIGURES):
                        with ui.element("th").classes("number" if key in _FIGURES else ""):
                            ui.label(text(key, self._language))
                for source in sources:
                    with ui.element("tbody").props(f'data-source="{source.source}"'):
                        self._lines.append(_SourceLine(source, self._language))


class _SourceLine:
    """A line of figures, below it the last error if there was one, and signals that are not known now."""

    def __init__(self, source: SourceView, language: Language) -> None:
        self._language = language
        with ui.element("tr"):
            with ui.element("td").classes("source-name"):
                self._name = ui.label()
            with ui.element("td").classes("source-state"):
                self._dot = box("dot")
                self._state = ui.label()
            self._figures = []
            for key in _FIGURES:
                with ui.element("td").classes("number").props(f'data-label="{text(key, language)}"'):
                    self._figures.append(ui.label())
        # One instrument in its calibration is no fault of the source, and not red.
        self._error = _below("error") if source.last_error else None
        self._remark = _below("remark") if source.not_fresh else None

    def show(self, source: SourceView) -> None:
        """Bring it up to date."""
        self._name.text, self._state.text = source.name, source.state_text
        self._dot.classes(replace=f"dot {source.state}")
        for made, figure in zip(self._figures, (source.age, source.readings, source.rejected), strict=True):
            made.text = figure
        if self._error is not None:
            self._error.text = f"{text('last_error', self._language)}: {source.last_error}"
        if self._remark is not None:
            self._remark.text = source.not_fresh


def _below(classes: str) -> ui.label:
    with ui.element("tr").classes(classes), ui.element("td").props(f"colspan={2 + len(_FIGURES)}"):
        return ui.label()
