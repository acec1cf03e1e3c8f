"""group.yaml is read whole, and every fault of it is told in one round."""

from pathlib import Path

import pytest

from collector.errors import ConfigurationError
from collector.group.group_load import load_group
from tests.collector.group.group_files import GROUP, group_file


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        load_group(group_file(folder, text), {})
    return str(refused.value).splitlines()


def test_a_group_of_two_works_is_read_with_its_products(tmp_path: Path) -> None:
    settings = load_group(group_file(tmp_path), {})
    assert (settings.code, settings.name("kk")) == ("steel", "Болат")
    assert settings.data_dir == tmp_path / "data"
    assert settings.kafka.bootstrap == ("127.0.0.1:9092",)
    assert [(site.code, site.late_after_s) for site in settings.sites.values()] == [("north", 600.0), ("south", 900.0)]
    (iron,) = settings.products
    assert iron.parts == (("north", "pig_iron"), ("south", "hot_metal"))
    assert iron.name("ru") == "Чугун"


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("code: south", "code: north"), "sites[1].code", "'north' is given twice"),
        (("site: south, product", "site: sauth, product"), "products[0].from[1].site", "did you mean south?"),
        (("south, product: hot_metal", "north, product: pig_iron"), "products[0].from[1]", "is added already"),
        (("late_after: 10m", "late_after: 10"), "sites[0].late_after", "is not a duration"),
        (("from:", "form:"), "products[0].form", "did you mean from?"),
        (("127.0.0.1:9092", "k1.group:9092"), "kafka", "the key tls is missing"),
        (("group: {code", "company: {code"), "company", "the key is unknown"),
        (("data: ./data", "data: ''"), "data", "is empty"),
    ],
)
def test_each_fault_of_a_group_is_one_line_with_its_fix(
    tmp_path: Path, change: tuple[str, str], place: str, words: str
) -> None:
    lines = faults(tmp_path, GROUP.replace(*change))
    assert any(f" {place}: " in line and words in line for line in lines), lines


def test_faults_of_shape_of_meaning_and_of_the_kafka_are_told_in_one_round(tmp_path: Path) -> None:
    broken = GROUP.replace("late_after: 10m", "late_after: soon").replace("127.0.0.1:9092", "k1.group:9092")
    lines = faults(tmp_path, broken)
    assert ["sites[0].late_after" in line or "kafka: " in line for line in lines] == [True, True]
    twice = GROUP.replace("code: south", "code: north")
    assert len(faults(tmp_path, twice)) == 2  # the code is given twice, and nothing is left that is called south


def test_a_bomb_of_aliases_is_refused_like_in_a_plant(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefghij", "abcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    (line,) = faults(tmp_path, bomb)
    assert str(tmp_path / "group.yaml") in line
