"""The way of a product in sentences of each language, word for word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from string import Formatter

import pytest

from models.recovery.chain import RateLimit
from models.recovery.recovered import Recovery, UnitDemand, Way
from models.recovery.recovery_texts import RECOVERY_TEXTS
from models.recovery.remark import Remark, RemarkKind
from models.recovery.sentences import recovery_sentences, remark_sentences
from models.recovery.standing import HeldBy, UnitStanding
from models.works.calendar import NS
from models.works.localize import LANGUAGES, Language
from models.works.place import Place
from models.works.plant import BalanceNode, Flow, Stock
from tests.models.why.test_why_sentences import BF2, BF3, WORKS

NODE = BalanceNode(
    name="ironmaking",
    inputs=(Flow(product="pig_iron", at=("bf2",)),),
    outputs=(Flow(product="pig_iron", at=("bf3",)),),
    stock=(Stock(product="pig_iron", shop="iron"),),
)
PLANT = replace(WORKS, balance=(NODE,))


def unit(
    place: Place,
    *,
    limits: bool = True,
    stands_h: float = 0.0,
    hours: float = 240.0,
    standing: Sequence[UnitStanding] = (),
) -> UnitDemand:
    return UnitDemand(
        place=place,
        stage=0,
        required_t=20_000.0,
        hours=hours,
        stands_h=stands_h,
        limit_t_per_h=5210 / 24,
        limited_by=RateLimit.BEST if place == BF3 else RateLimit.NAMEPLATE,
        recent_t_per_h=200.0,
        limits=limits,
        standing=standing,
    )


def november(
    most_t: float,
    *units: UnitDemand,
    plan_t: float | None = 267_000.0,
    made_t: float | None = 180_000.0,
    delay_t: float | None = 215.0,
    stocks: Sequence[str] = (),
) -> Recovery:
    way = Way(
        total_t=min(most_t, 87_000),
        most_t=most_t,
        units=units,
        limits=[each.place for each in units if each.limits],
        stocks=stocks,
        delay_t=delay_t,
        delayed_t_per_day=8_910.0,
    )
    return Recovery(
        product="pig_iron",
        month=date(2026, 11, 1).toordinal(),
        first=date(2026, 11, 21).toordinal(),
        days_left=10.0,
        plan_t=plan_t,
        made_t=made_t,
        forecast_t=262_000.0,
        way=None if made_t is None else way,
    )


def said(found: Recovery, language: Language) -> list[str]:
    return [each.replace("\xa0", " ") for each in recovery_sentences(PLANT, found, language)]


SHORT = november(84_597.0, unit(BF3, stands_h=48.0), unit(BF2), stocks=["ironmaking"])
ENOUGH = november(91_000.0, unit(BF3), unit(BF2, limits=False))


def test_a_plan_that_cannot_be_made() -> None:
    assert said(SHORT, "en") == [
        "Pig iron, Nov 2026: 180,000 t of 267,000 t are made; the month is forecast to come to 262,000 t (98.1 %).",
        "The plan cannot be made: at most 264,597 t can be reached (99.1 %), 2,403 t too few.",
        "What keeps it from being more: Pig iron (BF 3 at its best rate, 5,210 t a day, standing for 48 h; "
        "BF 2 at its nameplate, 5,210 t a day); the stock of Pig iron.",
        "One more day at the pace of the last three weeks takes 215 t from what can be reached.",
    ]
    assert said(SHORT, "ru") == [
        "Чугун, 11.2026: произведено 180 000 т из 267 000 т; прогноз месяца 262 000 т (98,1 %).",
        "План невыполним: достижимо не более 264 597 т (99,1 %), не хватит 2 403 т.",
        "Больше не позволяет: Чугун (ДП 3 при лучшем темпе, 5 210 т/сут, простой 48 ч; ДП 2 при "
        "проектной мощности, 5 210 т/сут); запас: Чугун.",
        "Ещё одни сутки в темпе последних трёх недель отнимут 215 т от достижимого.",
    ]
    assert said(SHORT, "kk") == [
        "Шойын, 11.2026: 267 000 т жоспардан 180 000 т өндірілді; ай болжамы 262 000 т (98,1 %).",
        "Жоспарды орындау мүмкін емес: ең көбі 264 597 т (99,1 %), 2 403 т жетпейді.",
        "Одан артыққа мүмкіндік бермейтін: Шойын (3-домна пеші үздік қарқынмен, 5 210 т/тәул, "
        "48 сағ тұрады; 2-домна пеші жобалық қуатта, 5 210 т/тәул); қор: Шойын.",
        "Соңғы үш аптаның қарқынымен тағы бір тәулік жұмыс істесе, мүмкін көлем 215 т азаяды.",
    ]


NOVEMBER_22, NOVEMBER_24 = (int(datetime(2026, 11, day, 3, tzinfo=UTC).timestamp()) * NS for day in (22, 24))
"""08:00 at the works."""


def held(repair: str, start_ns: int | None, end_ns: int | None) -> UnitStanding:
    return UnitStanding(held_by=HeldBy.REPAIR, repair=repair, start_ns=start_ns, end_ns=end_ns)


def test_a_unit_that_stands_is_told_with_the_repair_that_holds_it_and_until_when() -> None:
    found = november(
        84_597.0,
        unit(BF2, stands_h=3.0, standing=[held("R-18", None, NOVEMBER_22)]),
        unit(BF3, stands_h=48.0, standing=[held("Lining of hearth", NOVEMBER_22, NOVEMBER_24)]),
    )
    assert said(found, "en")[3] == (
        "Stands: BF 3 (repair Lining of hearth from 22 Nov 2026 08:00 until 24 Nov 2026 08:00); BF 2 (repair R-18 "
        "until 22 Nov 2026 08:00)."
    )
    assert said(found, "ru")[3] == (
        "Простой: ДП 3 (ремонт Lining of hearth с 22.11.2026 08:00 до 24.11.2026 08:00); ДП 2 (ремонт R-18 до "
        "22.11.2026 08:00)."
    )
    assert said(found, "kk")[3] == (
        "Тұрады: 3-домна пеші (Lining of hearth жөндеуі, 22.11.2026 08:00 бастап 24.11.2026 08:00 дейін); 2-домна "
        "пеші (R-18 жөндеуі, 22.11.2026 08:00 дейін)."
    )


def test_what_holds_a_unit_beside_a_repair_is_told_as_what_it_is() -> None:
    supposed = UnitStanding(held_by=HeldBy.SUPPOSED, start_ns=None, end_ns=NOVEMBER_24)
    gone = UnitStanding(held_by=HeldBy.OUT_OF_SERVICE, start_ns=NOVEMBER_22, end_ns=None)
    found = november(84_597.0, unit(BF3, stands_h=48.0, standing=[supposed, gone]))
    assert said(found, "en")[3] == (
        "Stands: BF 3 (as is supposed until 24 Nov 2026 08:00, not in service from 22 Nov 2026 08:00)."
    )


def test_of_many_units_that_stand_four_are_named_and_the_others_counted() -> None:
    many = [unit(BF3, stands_h=hours, standing=[held("R", None, NOVEMBER_24)]) for hours in (9.0, 8.0, 7.0, 6.0, 5.0)]
    told = said(november(84_597.0, *many), "en")[3]
    assert told.count("repair R until") == 4
    assert told.endswith("; and 1 more.")


def test_a_plan_that_can_be_made() -> None:
    assert said(ENOUGH, "en")[1:] == [
        "The plan can be made: 87,000 t are still needed, 8,700 t a day, which is 95.6 % of what is possible. At most "
        "271,000 t can be reached (101.5 %).",
        "What keeps it from being more: Pig iron (BF 3 at its best rate, 5,210 t a day).",
        "One more day at the pace of the last three weeks takes 215 t from what can be reached; then 8,910 t a day are "
        "needed.",
    ]
    assert said(ENOUGH, "ru")[1] == (
        "План выполним: осталось 87 000 т, по 8 700 т в сутки, это 95,6 % возможного. Достижимо не более 271 000 т "
        "(101,5 %)."
    )
    assert said(ENOUGH, "kk")[1] == (
        "Жоспарды орындауға болады: тағы 87 000 т керек, тәулігіне 8 700 т, бұл мүмкіндіктің 95,6 %-ы. Ең көбі "
        "271 000 т өндіруге болады (101,5 %)."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_is_made_needs_no_way(language: Language) -> None:
    found = said(november(91_000.0, unit(BF3), made_t=270_000.0), language)
    assert len(found) == 2
    assert found[1] == RECOVERY_TEXTS["done"][language]


def test_what_is_not_known_is_not_invented() -> None:
    assert said(november(0.0, made_t=None), "en") == [
        "Pig iron, Nov 2026: what is made so far is not known, so nobody can say what is missing."
    ]
    assert said(november(91_000.0, unit(BF3), plan_t=None, delay_t=None), "en") == [
        "Pig iron, Nov 2026: 180,000 t are made; there is no plan.",
        "At most 271,000 t can be reached.",
        "What keeps it from being more: Pig iron (BF 3 at its best rate, 5,210 t a day).",
    ]


def test_a_unit_without_an_hour_left_is_told_so() -> None:
    assert said(november(0.0, unit(BF3, hours=0.0, stands_h=240.0)), "en")[2] == (
        "What keeps it from being more: Pig iron (BF 3 stands to the end of the month)."
    )


def test_a_forecast_is_told_to_be_without_what_is_supposed() -> None:
    assert said(replace(SHORT, is_supposed=True), "en")[1] == "This forecast is without what is supposed."


def test_a_day_that_costs_nothing_is_said_to_cost_nothing() -> None:
    assert said(november(91_000.0, unit(BF3), delay_t=0.2), "en")[-1] == (
        "A day at the pace of the last three weeks takes nothing from what can be reached."
    )


def test_remarks_of_a_kind_are_one_sentence_and_those_with_tonnes_their_own() -> None:
    remarks = [
        Remark(RemarkKind.NO_NAMEPLATE, ("bf2",)),
        Remark(RemarkKind.NO_NAMEPLATE, ("bf3", "bf2")),
        Remark(RemarkKind.DELIVERIES, ("pig_iron",), 167.2),
        Remark(RemarkKind.SALES, ("coal",), 20.0),
    ]
    assert [each.replace("\xa0", " ") for each in remark_sentences(PLANT, remarks, "en")] == [
        "No nameplate_t_per_day is configured: BF 2, BF 3; what they held in the last 90 days counts alone.",
        "Bought as in the last 90 days: Pig iron, 167 t a day.",
        "Sold out of the stock as in the last 90 days: coal, 20 t a day.",
    ]


@pytest.mark.parametrize("kind", RemarkKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_remark_has_its_sentence(kind: RemarkKind, language: Language) -> None:
    (sentence,) = remark_sentences(PLANT, [Remark(kind, ("bf3",), 5.0)], language)
    assert "{" not in sentence


def test_each_text_is_filled_with_the_same_in_every_language() -> None:
    for key, texts in RECOVERY_TEXTS.items():
        fields = {
            language: {name for _, name, _, _ in Formatter().parse(texts[language]) if name} for language in texts
        }
        assert fields["en"] == fields["ru"] == fields["kk"], key
        for language in ("ru", "kk"):
            shown = re.sub(r"\{\w+\}|tundish \w+ \w+|--\w+|\w+_\w+|balance", "", texts[language])
            assert not re.search(r"[A-Za-z]", shown), (key, shown)
