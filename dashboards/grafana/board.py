"""A whole board as Grafana's JSON: panels laid out, variables, links between the boards, annotations."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import dashboard

from dashboards.grafana import look, sql
from dashboards.grafana.influxql import conditions, here, overlapping
from dashboards.grafana.panel import Painter
from dashboards.grafana.query import sql_model
from dashboards.grafana.sources import INFLUX, Sources
from dashboards.grafana.span import board_span
from dashboards.grafana.uids import TAG, board_uid
from dashboards.grafana.words import PanelWords
from dashboards.grafana.zone import board_zone
from dashboards.panels.board import MAKERS, Board, Choice, Panel, PanelRow
from dashboards.panels.texts import LANGUAGE_NAMES, text
from models.tables.event_rows import EVENT_TABLE
from models.tables.influxql import identifier
from models.works.localize import Language
from models.works.plant import Plant

COLUMNS = 24
"""The width of every Grafana board, in its own units."""
REMARKS = {
    "repair": (("repair",), look.BLUE),
    "stop": (("stop",), look.RED),
    "correction": (("correction", "late_correction"), look.PURPLE),
}
"""Annotations by name: the kinds of plant_event that they show, and their colour."""
NAMES_SERIES = (11, 0)
"""From here on Grafana itself reads the database for marks, as was seen in 12; before, the browser did."""
SCHEMA = 37
"""The schema of Grafana 9.3, the oldest that is supported. Later versions migrate it when they read the board."""


@dataclass(frozen=True, slots=True)
class BoardWriter:
    """Writes the boards of a plant in one language; `languages` are all that are provisioned, for links;
    `version` (major, minor) is that of the Grafana."""

    plant: Plant
    boards: Sequence[Board]
    language: Language
    languages: Sequence[Language]
    version: tuple[int, int]
    sources: Sources = INFLUX

    def document(self, board: Board) -> dict[str, object]:
        """The board as plain JSON values."""
        site = self.plant.site_names.get(self.language) or self.plant.site_names["en"]
        made_up = f" - {text('simulated', self.language)}" if self.plant.simulated else ""
        document = dashboard.Dashboard(
            uid=board_uid(self.plant, board.key, self.language),
            title=f"{text(board.key, self.language)}{made_up}",
            description=site,
            tags=[TAG, self.plant.site, self.language],
            timezone=board_zone(self.plant.zone.key, self.version),
            editable=True,
            # One moment marked in all plots: a drop of output is read together with its signals.
            graph_tooltip=dashboard.DashboardCursorSync.CROSSHAIR,
            time=dashboard.DashboardDashboardTime(*board_span(board.span, self.version)),
            # Not faster: the service judges units every 10 s, so a faster board would read the same rows again.
            timepicker=dashboard.TimePickerConfig(refresh_intervals=["10s", "30s", "1m", "5m", "15m", "1h"]),
            refresh=board.refresh,
            week_start="monday",
            schema_version=SCHEMA,
            panels=list(self._panels(board)),
            templating=dashboard.DashboardDashboardTemplating([self._variable(choice) for choice in board.choices]),
            links=list(self._links(board)),
        )
        plain: dict[str, object] = json.loads(json.dumps(document, cls=JSONEncoder))
        # As plain JSON: the SDK has no field for the query at the top of an annotation, which Grafana 9 reads.
        plain["annotations"] = {"list": [mark for name in board.remarks for mark in self._annotations(name, board)]}
        return plain

    def _panels(self, board: Board) -> Iterator[dashboard.Panel | dashboard.RowPanel]:
        painter = Painter(self.plant, self.language, self.version, self.sources)
        for number, place, item in numbered(board):
            if isinstance(item, PanelRow):
                yield self._heading(item, number, place.y)
            else:
                yield painter.panel(item, number, place)

    def _heading(self, row: PanelRow, number: int, top: int) -> dashboard.RowPanel:
        title = PanelWords(self.plant, self.language).said(row.heading)
        return dashboard.RowPanel(
            id_val=number,
            title=title or text(row.title, self.language),
            grid_pos=dashboard.GridPos(1, COLUMNS, 0, top),
            panels=[],
            repeat=row.repeat or None,
        )

    def _variable(self, choice: Choice) -> dashboard.VariableModel:
        if choice.looked_up:
            query = self._looked_up(choice)
            return dashboard.VariableModel(
                type_val=dashboard.VariableType.QUERY,
                name=choice.name,
                label=text(choice.title, self.language),
                query=query,
                definition=query,
                datasource=self.sources.ref(self.plant, choice.table, self.version),
                # Another unit has other signals; a load of the page alone would keep those of the first one.
                refresh=dashboard.VariableRefresh.ON_TIME_RANGE_CHANGED,
                multi=True,
                include_all=True,
                current=dashboard.VariableOption(selected=True, text=["All"], value=["$__all"]),
                hide=dashboard.VariableHide.HIDE_VARIABLE if choice.hidden else None,
                sort=dashboard.VariableSort.ALPHABETICAL_ASC,
            )
        words = PanelWords(self.plant, self.language)
        named = [(value, words.said(names)) for value, names in choice.options]
        options = [dashboard.VariableOption(selected=False, text=name, value=value) for value, name in named]
        if choice.all_of_them:
            every: dashboard.VariableOption | None = dashboard.VariableOption(
                selected=True, text=[name for _, name in named], value=[value for value, _ in named]
            )
        else:
            every = options[0] if options else None
        return dashboard.VariableModel(
            type_val=dashboard.VariableType.CUSTOM,
            name=choice.name,
            label=text(choice.title, self.language),
            query=", ".join(f"{_escaped(name)} : {value}" for value, name in named),
            options=options,
            current=every,
            multi=choice.all_of_them,
            include_all=False,
        )

    def _looked_up(self, choice: Choice) -> str:
        """The query for the values of a variable."""
        if self.sources.in_sql(choice.table):
            return sql.choice_query(choice, self.plant.site)
        values = " AND ".join(conditions(here(self.plant.site, choice.where.items())))
        return f'SHOW TAG VALUES FROM "{choice.table}" WITH KEY = "{choice.looked_up}" WHERE {values}'

    def _links(self, board: Board) -> Iterator[dashboard.DashboardLink]:
        for other in self.boards:
            if other.key != board.key:
                yield self._link(text(other.key, self.language), other.key, self.language)
        for language in self.languages:
            if language != self.language:
                yield self._link(LANGUAGE_NAMES[language], board.key, language)

    def _link(self, title: str, key: str, language: Language) -> dashboard.DashboardLink:
        # Boards of hours share a span. A board of months opened with the last 24 hours would be empty.
        keeps_time = {"now", "unit", "health"}
        return dashboard.DashboardLink(
            title=title,
            type_val=dashboard.DashboardLinkType.LINK,
            icon="dashboard",
            tooltip="",
            url=f"/d/{board_uid(self.plant, key, language)}",
            tags=[],
            as_dropdown=False,
            target_blank=False,
            include_vars=True,
            keep_time=key in keeps_time,
        )

    def _annotations(self, name: str, board: Board) -> Iterator[dict[str, object]]:
        """Of one kind of event: one for the board, or one for each product where a plot is of one product alone."""
        if any(choice.name == MAKERS for choice in board.choices):
            # Whoever corrects a month may name no unit: that concerns every product's plan.
            yield self._annotation(name, f"${MAKERS}" if name == "repair" else "")
        elif any(choice.name == "unit" for choice in board.choices):
            yield self._annotation(name, "$unit")
        else:
            for reported in self.plant.reported:
                plots = [
                    number
                    for number, _, item in numbered(board)
                    if isinstance(item, Panel) and item.where.get("product") == reported.product
                ]
                yield self._annotation(name, *reported.counted_at) | {
                    # A toggle for each product would fill the head of a board that hangs on a wall.
                    "hide": True,
                    "filter": {"exclude": False, "ids": plots},
                }

    def _annotation(self, name: str, *units: str) -> dict[str, object]:
        """Events of these units (codes, or one variable; "": whatever they concern)."""
        kinds, colour = REMARKS[name]
        asks = self._sql_events if self.sources.in_sql(EVENT_TABLE) else self._influx_events
        asked = asks(kinds, [unit for unit in units if unit])
        reference = self.sources.ref(self.plant, EVENT_TABLE, self.version)
        source = {"type": reference.type_val, "uid": reference.uid}
        return {
            "name": text(name, self.language),
            "datasource": source,
            "enable": True,
            "hide": False,
            "iconColor": colour,
            **asked,
            "target": {**asked, "refId": "Anno", "datasource": source, "fromAnnotations": True, "rawQuery": True},
        }

    def _influx_events(self, kinds: Sequence[str], units: Sequence[str]) -> dict[str, object]:
        any_kind = " OR ".join(conditions([("kind", kind) for kind in kinds]))
        of_works = " AND ".join(conditions(here(self.plant.site)))
        conditioned = " AND ".join([of_works, f"({any_kind})", *_of_units(units), overlapping()])
        column = f"text_{self.language}"
        # Grafana 9 reads the query of an annotation from the top, later versions from its target.
        return {
            "query": f'SELECT {identifier(column)}, "end_ms" FROM "{EVENT_TABLE}" WHERE {conditioned}',
            "textColumn": column,
            # Later versions look for the name of the series: with the other one, a stop would be an instant.
            "timeEndColumn": f"{EVENT_TABLE}.end_ms" if self.version >= NAMES_SERIES else "end_ms",
        }

    def _sql_events(self, kinds: Sequence[str], units: Sequence[str]) -> dict[str, object]:
        of_units = (
            sql.conditions({"unit": units[0]}) if len(units) == 1 else [sql.any_of("unit", units)] if units else []
        )
        where = [*sql.conditions({"site": self.plant.site}), sql.any_of("kind", kinds), *of_units]
        # Before 10 the top has the query of an annotation, under the same name.
        return sql_model(sql.event_query(f"text_{self.language}", where), table=True)


def _of_units(units: Sequence[str]) -> list[str]:
    """The condition for units in InfluxQL: codes, one variable of one value, or that of many values."""
    if units == [f"${MAKERS}"]:
        return [f'"unit" =~ /^${{{MAKERS}:regex}}$/']
    listed = " OR ".join(conditions([("unit", unit) for unit in units]))
    return [listed if listed.endswith("'$unit'") else f"({listed})"] if units else []


def numbered(board: Board) -> Iterator[tuple[int, dashboard.GridPos, Panel | PanelRow]]:
    """Every row with a heading and every panel: its number on the board, and its place."""
    number, top = 1, 0
    for row in board.rows:
        if row.title or row.heading:
            yield number, dashboard.GridPos(1, COLUMNS, 0, top), row
            number, top = number + 1, top + 1
        for panel, place in laid_out(row.panels, top):
            yield number, place, panel
            number, top = number + 1, max(top, place.y + place.h)


def laid_out(panels: Sequence[Panel], top: int) -> Iterator[tuple[Panel, dashboard.GridPos]]:
    """Each panel with its place: from left to right, and a new line once the width of the board is used up."""
    left, line_height = 0, 0
    for panel in panels:
        if left + panel.width > COLUMNS:
            top, left, line_height = top + line_height, 0, 0
        yield panel, dashboard.GridPos(panel.height, panel.width, left, top)
        left, line_height = left + panel.width, max(line_height, panel.height)


def _escaped(name: str) -> str:
    """A name for the list of a custom variable, in which a comma parts options and " : " a name from its value."""
    return name.replace("\\", "\\\\").replace(",", "\\,").replace(" : ", " - ")
