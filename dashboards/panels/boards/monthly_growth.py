"""Monthly growth, for managers: each reported product against last month and last year, as the books have it."""

from dashboards.panels import catalogue
from dashboards.panels.board import TWO_YEARS, Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.quantity import Quantity
from models.works.plant import Plant, Reported

GROWTHS = (
    catalogue.MOM,
    catalogue.RESTATED_MOM,
    catalogue.MOM_PER_DAY,
    catalogue.YOY,
    catalogue.RESTATED_YOY,
    catalogue.YOY_PER_DAY,
    catalogue.YTD,
    catalogue.RESTATED_YTD,
)
"""Each growth with the restated one after it, as the growth page has it below."""
HEADLINES = (catalogue.MOM, catalogue.YOY, catalogue.YTD, catalogue.MONTH_ATTAINMENT)
"""What the first line says of a product; the desk's growth page shows the same."""


def monthly_growth(plant: Plant) -> Board:
    """A row for each reported product: this month's figures, two years of bars, and the months as a table."""
    return Board(
        key="growth",
        span=TWO_YEARS,
        # Months move with the hours; nobody watches this board tick.
        refresh="5m",
        rows=tuple(_product(plant, reported) for reported in plant.reported),
    )


def _product(plant: Plant, reported: Reported) -> PanelRow:
    product = plant.products[reported.product]
    site = {"level": "site", "product": product.code}
    unit = product.display_unit

    def stat(quantities: tuple[Quantity, ...], title: str, width: int) -> Panel:
        return Panel(
            shape=Shape.STAT,
            title=title,
            quantities=quantities,
            where=site,
            pick=Pick.RUNNING,
            width=width,
            height=4,
            display_unit=unit,
        )

    return PanelRow(
        heading=product.names,
        panels=(
            stat((catalogue.MONTH_ACTUAL, catalogue.MONTH_TARGET), "this_month", 4),
            *(stat((quantity,), quantity.text, 5) for quantity in HEADLINES),
            Panel(
                shape=Shape.BAR_CHART,
                title="by_month",
                quantities=(catalogue.PERIOD, catalogue.MONTH_ACTUAL, catalogue.MONTH_TARGET),
                where=site,
                width=24,
                height=7,
                display_unit=unit,
                x="period",
            ),
            *(_parts(product.code, base, unit) for base in ("month_before", "last_year")),
            Panel(
                shape=Shape.TABLE,
                title="months",
                quantities=(
                    catalogue.PERIOD,
                    catalogue.MONTH_ACTUAL,
                    catalogue.RESTATED_ACTUAL,
                    catalogue.MONTH_ATTAINMENT,
                    *GROWTHS,
                    catalogue.STATUS,
                ),
                where=site,
                # Thirteen columns need the whole width for their heads.
                width=24,
                height=9,
                display_unit=unit,
                newest_first=True,
            ),
        ),
    )


def _parts(product: str, base: str, display_unit: str) -> Panel:
    """Why the newest month of which a day is over differs from its base."""
    return Panel(
        shape=Shape.BAR_CHART,
        title=f"why_{base}",
        quantities=(catalogue.GROWTH_PART, catalogue.GROWTH_PART_T),
        where={"product": product, "base": base},
        split="part",
        pick=Pick.RUNNING,
        width=12,
        height=9,
        display_unit=display_unit,
        x=catalogue.GROWTH_PART.field,
        by_size=True,
    )
