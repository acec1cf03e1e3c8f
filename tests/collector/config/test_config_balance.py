"""What people report by hand, and the nodes of the mass balance, are checked against the plant."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.config.load import load
from collector.errors import ConfigurationError
from tests.collector.files.forms import paper_works

NODE: dict[str, Any] = {
    "node": "iron",
    "inputs": [{"product": "coal_raw", "at": ["mine1"]}],
    "outputs": [{"product": "pig_iron", "at": ["bf3"]}],
}


def test_a_unit_that_people_report_may_be_counted_and_have_a_target_without_any_tag(tmp_path: Path) -> None:
    plant = load(paper_works(tmp_path, balance=[NODE])).plant
    assert plant.reported[0].counted_at == ("mine1", "mine2")
    assert plant.units["mine1"].daily_target_t == {"coal_raw": 1000.0}
    assert plant.units["bf3"].useful_volume_m3 == 3200.0
    (node,) = plant.balance
    assert (node.inputs[0].yield_t_per_t, node.outputs[0].at) == (1.0, ("bf3",))


@pytest.mark.parametrize(
    ("where", "value", "words"),
    [
        (("inputs", 0, "product"), "coal", ["balance.0.inputs.0.product", "did you mean coal_raw?"]),
        (("inputs", 0, "at"), ["mine9"], ["balance.0.inputs.0.at.0", "is not a unit of this plant"]),
        (("outputs", 0, "at"), [], ["balance.0.outputs.0.at"]),
        (("inputs", 0, "yield_t_per_t"), 0, ["balance.0.inputs.0.yield_t_per_t"]),
        (("stock",), [{"product": "coal_raw", "shop": "yard"}], ["balance.0.stock.0.shop", "is not a shop"]),
    ],
)
def test_a_node_that_does_not_fit_the_plant_is_reported_with_its_place(
    tmp_path: Path, where: tuple[str | int, ...], value: object, words: list[str]
) -> None:
    node = copy.deepcopy(NODE)
    part: Any = node
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = value
    with pytest.raises(ConfigurationError) as refused:
        load(paper_works(tmp_path, balance=[node]))
    text = str(refused.value)
    assert all(word in text.replace("[", ".").replace("]", "") for word in words), text


def test_two_nodes_of_one_name_and_unknown_products_by_hand_are_refused(tmp_path: Path) -> None:
    file = paper_works(tmp_path, balance=[NODE, NODE])
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    document["shops"][1]["units"][0]["by_hand"] = ["pig_iron", "pig_iron", "slag"]
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load(file)
    text = str(refused.value)
    assert "'iron' is given twice" in text
    assert "'pig_iron' is given twice" in text
    assert "'slag' is not a product" in text
