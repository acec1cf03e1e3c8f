"""Month against plan: where the month stands, what it will come to, and which units made the difference."""

from dashboards.panels import catalogue
from dashboards.panels.board import MAKERS, THIS_MONTH, Board, Choice, Panel, PanelRow, Pick, Shape
from dashboards.panels.places import counting_units, product_choices, shop_choices
from models.works.plant import Plant

SITE = {"level": "site", "product": "$product"}


def month_against_plan(plant: Plant) -> Board:
    """The works by product, then a row for each shop with its units."""
    return Board(
        key="plan",
        span=THIS_MONTH,
        # The month moves with each hour; more often would only cost queries.
        refresh="5m",
        choices=(
            Choice(name="product", title="choose_product", options=product_choices(plant)),
            Choice(name="shop", title="choose_shop", options=shop_choices(plant), all_of_them=True),
            # Repairs of these units alone shade the plots: those of a mine say nothing of the month of a caster.
            Choice(
                name=MAKERS,
                title="choose_unit",
                looked_up="unit",
                table="output_day",
                where={"level": "unit", "product": "$product"},
                all_of_them=True,
                hidden=True,
            ),
        ),
        remarks=("repair", "correction"),
        rows=(
            PanelRow(panels=(*_works_stats(), *_works_plots())),
            PanelRow(
                repeat="shop",
                heading={"": "$shop"},
                panels=(
                    Panel(
                        shape=Shape.TABLE,
                        title="units_of_shop",
                        quantities=(
                            catalogue.MONTH_TO_DATE,
                            catalogue.MONTH_TO_DATE_TARGET,
                            catalogue.MONTH_TO_DATE_DEVIATION,
                            catalogue.MONTH_TO_DATE_PCT,
                            catalogue.MONTH_FORECAST,
                            catalogue.MONTH_FORECAST_PCT,
                            catalogue.REQUIRED_RATE,
                            catalogue.PLANNED_STOP,
                        ),
                        where={"level": "unit", "shop": "$shop"},
                        split="unit",
                        pick=Pick.NEWEST,
                        width=24,
                        height=3 + _most_units(plant),
                    ),
                ),
            ),
        ),
    )


def _most_units(plant: Plant) -> int:
    """Of a shop: the rows of all shops are as high."""
    shops = [unit.shop for unit in counting_units(plant)]
    return max(map(shops.count, shops), default=1)


def _works_stats() -> tuple[Panel, ...]:
    wide = (
        ("month_to_date", (catalogue.MONTH_TO_DATE, catalogue.MONTH_TO_DATE_TARGET), 8),
        ("attainment", (catalogue.MONTH_TO_DATE_PCT,), 4),
        ("required", (catalogue.REQUIRED_RATE,), 4),
        ("forecast_t", (catalogue.MONTH_FORECAST,), 4),
        ("forecast_short", (catalogue.MONTH_FORECAST_PCT,), 4),
    )
    return tuple(
        Panel(shape=Shape.STAT, title=title, quantities=quantities, where=SITE, pick=Pick.NEWEST, width=width, height=4)
        for title, quantities, width in wide
    )


def _works_plots() -> tuple[Panel, ...]:
    return (
        Panel(
            shape=Shape.TIME_SERIES,
            title="cumulative",
            quantities=(catalogue.MONTH_TO_DATE, catalogue.MONTH_TO_DATE_TARGET, catalogue.MONTH_PLAN),
            where=SITE,
            width=12,
            height=9,
        ),
        # Apart from the month to date: on its axis, an interval of a few percent would be thinner than a line.
        Panel(
            shape=Shape.TIME_SERIES,
            title="forecast_interval",
            quantities=(
                catalogue.MONTH_FORECAST_LOW,
                catalogue.MONTH_FORECAST_HIGH,
                catalogue.MONTH_FORECAST,
                catalogue.MONTH_PLAN,
            ),
            where=SITE,
            width=12,
            height=9,
            cut_axis=True,
        ),
        Panel(
            shape=Shape.TIME_SERIES,
            title="against_required",
            quantities=(catalogue.DAY_OVER, catalogue.DAY_RUNNING, catalogue.DAY_TARGET, catalogue.REQUIRED_RATE),
            where=SITE,
            width=12,
            height=8,
        ),
        Panel(
            shape=Shape.WATERFALL,
            title="deviation_by_day",
            quantities=(catalogue.DEVIATION_BEFORE, catalogue.MONTH_TO_DATE_DEVIATION),
            where=SITE,
            width=12,
            height=8,
        ),
        Panel(
            shape=Shape.BAR_CHART,
            title="deviation_by_unit",
            quantities=(catalogue.MONTH_TO_DATE_DEVIATION,),
            x="unit",
            where={"level": "unit", "product": "$product"},
            split="unit",
            pick=Pick.NEWEST,
            width=24,
            height=6,
        ),
        # Which unit lost on which days is seen at once; the figures of the shops stand below.
        Panel(
            shape=Shape.HEAT_MAP,
            title="attainment_by_day",
            quantities=(catalogue.DAY_ATTAINMENT,),
            where={"level": "unit"},
            split="unit",
            by_shop=True,
            width=24,
            height=10,
        ),
    )
