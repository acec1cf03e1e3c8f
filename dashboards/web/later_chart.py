"""A chart whose library is loaded after the page stands."""

from typing import Any

from nicegui import ui


class LaterChart(ui.echart, component="later_chart.js", default_classes="nicegui-echart"):
    """Apache ECharts, as NiceGUI's own element, which loads the library before it shows anything of the page. It has no
    events, no themes of the library and no third dimension; change its `options` and call `update`."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)
