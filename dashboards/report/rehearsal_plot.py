"""A rehearsal as a picture: a lane for each unit, its hours of output against target, and the alerts of both rule sets.

matplotlib is imported when the first picture is drawn, and nowhere else in the project.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dashboards.report.rehearsal_texts import rehearsal_text
from dashboards.report.texts import report_text
from models.rehearsal.alert import Alert, Verdict
from models.rehearsal.curve import HOUR, Curve
from models.rehearsal.rehearsal import Rehearsal
from models.works.localize import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# matplotlib draws more, but these two open everywhere, and SVG stays sharp on the page.
FORMS = (".png", ".svg")
# In inches: as wide as a screen, a lane high enough for output and two bars, and room for title, axis and legend.
WIDTH_IN, LANE_IN, REST_IN = 12.0, 0.85, 1.5
MADE, DUE, SILENT = "#9bb7cc", "#26394a", "#e9e2d0"
# Brown and blue differ for people who cannot tell red from green, too.
PRESENT, PROPOSED = "#8a5a00", "#1f6fb2"
FAINT = 0.35
"""The opacity of a consequence: it is there, and the cause stands out."""
HOUR_S = 3600
SECONDS_A_DAY = 86400.0
# Below the zero of the output: present rules above, proposed below, each _BAR_HEIGHT high.
_BARS = ((-0.34, PRESENT), (-0.62, PROPOSED))
_BAR_HEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Lane:
    """Units that share a curve, by hours from `start_s`, in `measure` (t/h, or % if no output is counted)."""

    units: Sequence[str]
    start_s: int
    made: NDArray[np.float64]
    due: NDArray[np.float64]
    measure: str


def write_plot(rehearsal: Rehearsal, path: Path, language: Language) -> None:
    """Draw into a file, by its ending one of FORMS. Raises OSError."""
    import matplotlib as mpl

    # A fixed salt and no date: the same rehearsal gives the same file.
    with mpl.rc_context({"svg.hashsalt": "tundish"}):
        figure = _figure(rehearsal, language)
        figure.savefig(path, dpi=110, metadata={"Date": None} if path.suffix == ".svg" else None)


def plot_svg(rehearsal: Rehearsal, language: Language) -> str:
    """The picture as an element of a page."""
    import matplotlib as mpl

    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "tundish"}):
        _figure(rehearsal, language).savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()[text.getvalue().index("<svg") :]


def lanes(rehearsal: Rehearsal) -> list[Lane]:
    """The lanes in the order of the plant; a unit without readings and without alerts has none."""
    plant = rehearsal.plant
    groups: dict[tuple[str, ...], list[str]] = {}
    for code in rehearsal.curves:
        unit = plant.units[code]
        together = plant.detection.of(code, unit.kind).together
        groups.setdefault((unit.shop, unit.kind) if together else (code,), []).append(code)
    with_alerts = set(rehearsal.comparison.units)
    found = []
    for codes in groups.values():
        curve = rehearsal.curves[codes[0]]
        if curve.known.any() or with_alerts & set(codes):
            made, due = curve.hours() if curve.counts else _activity(curve)
            found.append(Lane(codes, curve.start_s, made, due, "t_per_h" if curve.counts else "%"))
    return found


def _activity(curve: Curve) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean activity of each whole hour, and its nominal 100, in percent. An hour that was mostly unknown is NaN."""
    count = len(curve.activity_pct) // HOUR
    hours = curve.activity_pct[: count * HOUR].reshape(count, HOUR)
    known = (~np.isnan(hours)).sum(axis=1)
    mean = np.nansum(hours, axis=1) / np.maximum(known, 1)
    return np.where(known > HOUR / 2, mean, np.nan), np.full(count, 100.0)


def _figure(rehearsal: Rehearsal, language: Language) -> "Figure":
    from matplotlib.figure import Figure

    drawn = lanes(rehearsal)
    figure = Figure(figsize=(WIDTH_IN, LANE_IN * max(1, len(drawn)) + REST_IN), layout="constrained")
    axes: Any = figure.subplots(max(1, len(drawn)), 1, sharex=True, squeeze=False)
    comparison = rehearsal.comparison
    by_unit = (
        _by_unit([*comparison.present, *comparison.follow[0]]),
        _by_unit([*comparison.proposed, *comparison.follow[1]]),
    )
    for ax, lane in zip(axes[:, 0], drawn, strict=False):
        _draw(ax, lane, rehearsal, by_unit, language)
    _axis(axes[-1, 0], rehearsal)
    names = rehearsal.plant.site_names
    title = rehearsal.title or names.get(language) or names["en"]
    if rehearsal.plant.simulated:
        title = f"{title}\n{report_text('simulated', language)}"
    figure.suptitle(title, fontsize=11)
    figure.legend(handles=_legend(language), loc="outside lower center", ncols=7, fontsize=8, frameon=False)
    return figure


def _by_unit(found: Sequence[Alert]) -> Mapping[str, list[Alert]]:
    units: dict[str, list[Alert]] = {}
    for alert in found:
        units.setdefault(alert.unit, []).append(alert)
    return units


def _draw(
    ax: "Axes",
    lane: Lane,
    rehearsal: Rehearsal,
    by_unit: tuple[Mapping[str, list[Alert]], Mapping[str, list[Alert]]],
    language: Language,
) -> None:
    """Output as a share of the greatest target, above; bars of alerts below it."""
    edges = (lane.start_s + HOUR_S * np.arange(len(lane.made) + 1)) / SECONDS_A_DAY
    top = float(np.nanmax([*lane.due, *lane.made, 1e-9]))
    ax.stairs(np.nan_to_num(lane.made) / top, edges, fill=True, color=MADE)
    ax.stairs(np.nan_to_num(lane.due) / top, edges, color=DUE, linewidth=0.9, baseline=None)
    for hour in np.flatnonzero(np.isnan(lane.made)):
        ax.axvspan(edges[hour], edges[hour + 1], ymin=0.42, color=SILENT, linewidth=0)
    for (low, colour), alerts in zip(_BARS, by_unit, strict=True):
        for alert in chain.from_iterable(alerts.get(code, ()) for code in lane.units):
            until_s = rehearsal.end_s if alert.end_s is None else alert.end_s
            # Ten minutes at least: a shorter bar vanishes in a picture of weeks.
            ax.broken_barh(
                [(alert.found_s / SECONDS_A_DAY, max(until_s - alert.found_s, HOUR_S / 6) / SECONDS_A_DAY)],
                (low, _BAR_HEIGHT),
                alpha=FAINT if alert.follows else None,
                facecolor="none" if alert.verdict is Verdict.NOT_BORNE_OUT else colour,
                edgecolor=colour,
                hatch="/////" if alert.verdict is Verdict.NOT_BORNE_OUT else None,
                linewidth=0.8,
            )
    ax.set_ylim(-0.75, 1.12)
    measure = "%" if lane.measure == "%" else rehearsal_text(lane.measure, language)
    ax.set_yticks([0.0, 1.0], ["0", f"{top:.0f} {measure}"], fontsize=7)
    ax.set_ylabel("\n".join(lane.units), rotation=0, ha="right", va="center", fontsize=9)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(axis="x", length=0)


def _axis(ax: "Axes", rehearsal: Rehearsal) -> None:
    from matplotlib import dates

    ax.set_xlim(rehearsal.start_s / SECONDS_A_DAY, rehearsal.end_s / SECONDS_A_DAY)
    untyped: Any = dates
    ax.xaxis.set_major_locator(untyped.AutoDateLocator(tz=rehearsal.plant.zone, minticks=4, maxticks=12))
    # Days alone from five days on: hours of each tick would run into each other.
    form = "%d.%m" if rehearsal.days > 4 else "%d.%m %H:%M"
    ax.xaxis.set_major_formatter(untyped.DateFormatter(form, tz=rehearsal.plant.zone))
    ax.tick_params(axis="x", length=3, labelsize=8)


def _legend(language: Language) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def text(key: str) -> str:
        return rehearsal_text(key, language)

    return [
        Patch(color=MADE, label=text("made")),
        Line2D([], [], color=DUE, label=text("due")),
        Patch(color=PRESENT, label=text("present_rules")),
        Patch(color=PROPOSED, label=text("proposed_rules")),
        Patch(facecolor="none", edgecolor="#555", hatch="/////", label=text("not_borne_out")),
        Patch(color="#555", alpha=FAINT, label=text("consequence")),
        Patch(color=SILENT, label=text("no_data")),
    ]
