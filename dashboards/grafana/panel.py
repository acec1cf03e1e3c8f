"""One panel of a board as Grafana draws it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from grafana_foundation_sdk.cog.variants import Dataquery
from grafana_foundation_sdk.models import common, dashboard

from dashboards.grafana import look
from dashboards.grafana.influxql import PanelStatement, panel_statements
from dashboards.grafana.options import custom_of, options_of
from dashboards.grafana.query import InfluxqlQuery, SqlQuery, ref_ids
from dashboards.grafana.sources import INFLUX, Sources
from dashboards.grafana.sql import as_table, sql_statements
from dashboards.grafana.uids import board_uid
from dashboards.grafana.words import PanelWords
from dashboards.panels import catalogue
from dashboards.panels.board import Panel, Pick, Shape
from dashboards.panels.quantity import BARS, Measure, Quantity, SeriesRole, Tone
from dashboards.panels.texts import text
from models.works.limits import DEFAULT_PACE
from models.works.localize import Language
from models.works.plant import Plant

TYPES = {
    Shape.STAT: "stat",
    Shape.TIME_SERIES: "timeseries",
    Shape.STATE_TIMELINE: "state-timeline",
    Shape.BAR_CHART: "barchart",
    Shape.HEAT_MAP: "status-history",
    Shape.WATERFALL: "candlestick",
    Shape.TABLE: "table",
}
SPLIT_HEADS = {"unit": "choose_unit", "project": "project_code"}
"""The heads of columns of tags; any other holds KPIs."""
INSTANT_WIDTH = 105
"""In px: a day with its time just fits."""
NAME_WIDTHS = {"unit": 210}
"""In px, by the tag whose values are named: the longest name in any language just fits."""
WRAPPED = {"type": "auto", "wrapText": True}
"""From 11 on a cell breaks its text; before, it is cut."""
STATUS_WIDTH = 115
"""In px: the longest word for a status just fits."""
# The interval of a forecast has the colour of the forecast; a limit is red like the alert that it raises.
ROLE_COLOURS = {
    SeriesRole.ACTUAL: look.BLUE,
    SeriesRole.RUNNING: look.BLUE,
    SeriesRole.TARGET: look.AMBER,
    SeriesRole.PLAN: look.GREY,
    SeriesRole.LIMIT: look.RED,
    SeriesRole.FORECAST: look.PURPLE,
    SeriesRole.REQUIRED: look.PURPLE,
    SeriesRole.LOW: look.PURPLE,
    SeriesRole.HIGH: look.PURPLE,
}


@dataclass(frozen=True, slots=True)
class Painter:
    """Draws the panels of one plant in one language, for a Grafana of this version (major, minor)."""

    plant: Plant
    language: Language
    version: tuple[int, int]
    sources: Sources = INFLUX

    @property
    def words(self) -> PanelWords:
        """The words of its language."""
        return PanelWords(self.plant, self.language)

    def panel(self, panel: Panel, number: int, place: dashboard.GridPos) -> dashboard.Panel:
        """A panel at its place; `number` is its id on the board."""
        first = panel.quantities[0]
        own = tuple(map(self._own_words, panel.quantities))
        fields = {quantity.field: its.field for quantity, its in zip(panel.quantities, own, strict=True)}
        panel = replace(panel, quantities=own, x=fields.get(panel.x, panel.x))
        source = self.sources.ref(self.plant, first.table, self.version)
        return dashboard.Panel(
            type_val=TYPES[panel.shape],
            id_val=number,
            title=self.words.title(panel),
            description=self.words.described(panel.note) or None,
            grid_pos=place,
            datasource=source,
            targets=self._targets(panel, source),
            field_config=dashboard.FieldConfigSource(
                defaults=self._defaults(panel), overrides=[*self._overrides(panel)]
            ),
            options=options_of(panel, [self.words.name(panel, quantity) for quantity in panel.quantities]),
            transformations=self._transformations(panel) or None,
            repeat=panel.repeat or None,
            repeat_direction="h" if panel.repeat else None,
            # Signals of 8 columns each fill the 24 of a board.
            max_per_row=3 if panel.repeat else None,
        )

    def _own_words(self, quantity: Quantity) -> Quantity:
        if quantity not in catalogue.IN_EACH_LANGUAGE:
            return quantity
        return replace(quantity, field=f"{quantity.field}_{self.language}")

    def _targets(self, panel: Panel, source: common.DataSourceRef) -> list[Dataquery]:
        if self.sources.in_sql(panel.quantities[0].table):
            return [
                SqlQuery(statement.query, source, as_table(panel), ref_id)
                for statement, ref_id in zip(self._statements(panel), ref_ids(), strict=False)
            ]
        return [
            InfluxqlQuery(statement.query, source.uid or "", _alias(panel), _as_table(panel), ref_id)
            for statement, ref_id in zip(self._statements(panel), ref_ids(), strict=False)
        ]

    def _statements(self, panel: Panel) -> list[PanelStatement]:
        in_sql = self.sources.in_sql(panel.quantities[0].table)
        return sql_statements(panel, self.plant) if in_sql else panel_statements(panel, self.plant)

    def _defaults(self, panel: Panel) -> dashboard.FieldConfig:
        first = panel.quantities[0]
        return dashboard.FieldConfig(
            unit=look.unit_of(first),
            # The axis of a signal or a rate has steps of its own.
            decimals=None if panel.pick in (Pick.SAMPLED, Pick.GAIN) else look.decimals_of(first, panel.display_unit),
            thresholds=look.thresholds(first, self.plant.limits, DEFAULT_PACE),
            color=dashboard.FieldColor(mode=_colour_mode(panel)),
            mappings=look.mappings(first, self.language) or None,
            # A bar chart would write it below the bars whose label it leaves out.
            no_value=None if panel.shape is Shape.BAR_CHART else look.no_value(panel, self.language),
            min_val=0 if _from_zero(panel) else None,
            max_val=100 if first.tone is Tone.COMPLETENESS and panel.shape is Shape.TIME_SERIES else None,
            custom=custom_of(panel),
        )

    def _overrides(self, panel: Panel) -> Iterator[dashboard.DashboardFieldConfigSourceOverrides]:
        yield from self._own_limits(panel)
        split_names = self.words.split_names(panel)
        if not _as_table(panel) and len(panel.quantities) == 1:
            for value, name in split_names.items():
                yield _override(value, [("displayName", name), *self._unit_link(panel, value)])
            if not panel.split:
                name = self.words.name(panel, panel.quantities[0])
                yield _override(panel.quantities[0].field, [("displayName", name)])
            return
        for quantity in panel.quantities:
            yield _override(quantity.field, self._column(panel, quantity))
        if _as_table(panel):
            yield _override(
                "Time",
                [
                    ("displayName", text("begin", self.language)),
                    ("unit", look.INSTANT),
                    ("custom.width", INSTANT_WIDTH),
                ],
            )
            if panel.split:
                values = {
                    value: {"text": name, "index": index} for index, (value, name) in enumerate(split_names.items())
                }
                heading = text(SPLIT_HEADS.get(panel.split, "kpis"), self.language)
                properties: list[tuple[str, object]] = [("displayName", heading)]
                if panel.split in NAME_WIDTHS:
                    properties.append(("custom.width", NAME_WIDTHS[panel.split]))
                else:
                    properties.append(("custom.cellOptions", WRAPPED))
                if values:
                    properties.append(("mappings", [{"type": "value", "options": values}]))
                if panel.split == "unit":
                    properties.append(("links", [self._link("${__value.raw}")]))
                if not panel.heads or panel.split == "project":
                    properties.append(("custom.hidden", True))  # the sentence names the unit; a project has its name
                yield _override(panel.split, properties)

    def _own_limits(self, panel: Panel) -> Iterator[dashboard.DashboardFieldConfigSourceOverrides]:
        """The colours of figures whose limits differ by unit, by the query that they come from."""
        for statement, ref_id in zip(self._statements(panel), ref_ids(), strict=False):
            if statement.limit is not None and panel.quantities[0].tone == "pace":
                steps = look.thresholds(panel.quantities[0], self.plant.limits, statement.limit)
                yield dashboard.DashboardFieldConfigSourceOverrides(
                    matcher=dashboard.MatcherConfig(id_val="byFrameRefID", options=ref_id),
                    properties=[dashboard.DynamicConfigValue(id_val="thresholds", value=steps)],
                )

    def _column(self, panel: Panel, quantity: Quantity) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = [
            ("displayName", self.words.name(panel, quantity)),
            ("unit", look.unit_of(quantity)),
            ("decimals", look.decimals_of(quantity, panel.display_unit)),
        ]
        if quantity.seldom:
            found.append(("noValue", look.NOTHING))
            if panel.shape is Shape.TABLE and quantity.tone is Tone.NONE:
                # Grafana 9 shows a column without any figure as "null", unless it is coloured.
                found += [("custom.displayMode", "color-text"), ("thresholds", look.PLAIN)]
        codes = look.mappings(quantity, self.language)
        if codes:
            found.append(("mappings", codes))
        if quantity.tone != "none":
            found.append(("thresholds", look.thresholds(quantity, self.plant.limits, DEFAULT_PACE)))
            if panel.shape is Shape.BAR_CHART:  # else its bars have the colours of a palette
                found.append(("color", {"mode": "thresholds"}))
            if panel.shape is Shape.TABLE:
                # The first is read by Grafana 10 and later, the second by 9.
                found.append(("custom.cellOptions", {"type": "color-text"}))
                found.append(("custom.displayMode", "color-text"))
        if panel.shape is Shape.TABLE and quantity.measure is Measure.TEXT and quantity.field != "period":
            found.append(("custom.cellOptions", WRAPPED))
            if panel.split == "unit":
                found.append(("links", [self._link("${__data.fields.unit}")]))
        if panel.shape is Shape.TABLE and quantity.measure == "status":
            found.append(("custom.width", STATUS_WIDTH))
        if panel.shape is Shape.TABLE and quantity.measure == "instant":
            found.append(("custom.width", INSTANT_WIDTH))
        if panel.shape in (Shape.TIME_SERIES, Shape.BAR_CHART) and quantity.role in ROLE_COLOURS:
            found.append(("color", {"mode": "fixed", "fixedColor": ROLE_COLOURS[quantity.role]}))
        if panel.shape is Shape.TIME_SERIES:
            found += _line(quantity.role)
            if quantity.role is SeriesRole.HIGH:
                low = next(each for each in panel.quantities if each.role is SeriesRole.LOW)
                # By the name that is shown: Grafana looks for no other.
                found.append(("custom.fillBelowTo", self.words.name(panel, low)))
        return found

    def _unit_link(self, panel: Panel, value: str) -> list[tuple[str, object]]:
        return [("links", [self._link(value)])] if panel.split == "unit" else []

    def _link(self, unit: str) -> dict[str, object]:
        """Opens the board of a unit with the same time."""
        there = board_uid(self.plant, "unit", self.language)
        return {"title": text("unit", self.language), "url": f"/d/{there}?var-unit={unit}&${{__url_time_range}}"}

    def _transformations(self, panel: Panel) -> list[dashboard.DataTransformerConfig]:
        """A table of newest rows needs no time: it is that of the bucket, the same in each."""
        if not _as_table(panel):
            return []
        is_dated = panel.quantities[0].table == "plant_event"
        hidden = ["Time"] if not is_dated and (panel.split or panel.quantities[0].measure == "text") else []
        sorted_by: list[dashboard.DataTransformerConfig] = []
        if panel.split:
            # The newest rows come in the reversed order of the tag.
            order: dict[str, object] = {"field": panel.split}
            if panel.by_size:
                order = {"field": panel.quantities[-1].field, "desc": True}
            sort = {"fields": {}, "sort": [order]}
            sorted_by = [dashboard.DataTransformerConfig(id_val="sortBy", options=sort)]
        if not hidden or panel.shape is not Shape.TABLE:
            return sorted_by
        return [
            *sorted_by,
            dashboard.DataTransformerConfig(
                id_val="organize",
                options={"excludeByName": dict.fromkeys(hidden, True), "indexByName": {}, "renameByName": {}},
            ),
        ]


def _from_zero(panel: Panel) -> bool:
    """Whether the axis starts at zero. Tonnes do: a cut axis makes a calm day look wild."""
    first = panel.quantities[0]
    if panel.shape is not Shape.TIME_SERIES or panel.cut_axis:
        return False
    return first.measure.startswith("tonnes") or first.tone is Tone.COMPLETENESS or panel.pick is Pick.GAIN


def _as_table(panel: Panel) -> bool:
    """Whether Grafana is asked for a table. A bar chart over texts needs one; one over days has time on its axis."""
    return panel.shape is Shape.TABLE or (panel.shape is Shape.BAR_CHART and bool(panel.x))


def _alias(panel: Panel) -> str:
    return f"$tag_{panel.split}" if panel.split and len(panel.quantities) == 1 else "$col"


def _colour_mode(panel: Panel) -> dashboard.FieldColorModeId:
    if panel.shape is Shape.TIME_SERIES or (panel.shape is Shape.BAR_CHART and panel.x != "unit"):
        return dashboard.FieldColorModeId.PALETTE_CLASSIC
    if panel.shape is Shape.STATE_TIMELINE:
        # With colours by thresholds, Grafana would merge neighbouring states that fall between the same two.
        return dashboard.FieldColorModeId.FIXED
    return dashboard.FieldColorModeId.THRESHOLDS


def _line(role: SeriesRole) -> list[tuple[str, object]]:
    if role in BARS:
        opacity = 60 if role is SeriesRole.ACTUAL else 15
        return [("custom.drawStyle", "bars"), ("custom.fillOpacity", opacity), ("custom.lineWidth", 1)]
    if role in (SeriesRole.TARGET, SeriesRole.PLAN):
        return [("custom.lineStyle", {"fill": "solid"}), ("custom.lineWidth", 2), ("custom.fillOpacity", 0)]
    if role is SeriesRole.FORECAST:
        return [("custom.lineWidth", 2), ("custom.fillOpacity", 0)]
    dashed: dict[str, object] = {"fill": "dash", "dash": [6, 6]}
    fill = 30 if role is SeriesRole.HIGH else 0
    return [("custom.lineStyle", dashed), ("custom.lineWidth", 1), ("custom.fillOpacity", fill)]


def _override(name: str, properties: list[tuple[str, object]]) -> dashboard.DashboardFieldConfigSourceOverrides:
    return dashboard.DashboardFieldConfigSourceOverrides(
        matcher=dashboard.MatcherConfig(id_val="byName", options=name),
        properties=[dashboard.DynamicConfigValue(id_val=key, value=value) for key, value in properties],
    )
