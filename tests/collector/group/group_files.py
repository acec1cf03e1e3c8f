"""A group.yaml of two works for tests."""

from pathlib import Path

GROUP = """\
version: 1
group: {code: steel, names: {en: Steel, ru: Сталь, kk: Болат}}
kafka: {bootstrap: ["127.0.0.1:9092"]}
data: ./data
sites:
  - {code: north, names: {en: North, ru: Север, kk: Солтүстік}, late_after: 10m}
  - {code: south, names: {en: South, ru: Юг, kk: Оңтүстік}}
products:
  - code: iron
    names: {en: Iron, ru: Чугун, kk: Шойын}
    definition: hot metal over the weighbridge
    from: [{site: north, product: pig_iron}, {site: south, product: hot_metal}]
"""


def group_file(folder: Path, text: str = GROUP) -> Path:
    """The file, in `folder`."""
    file = folder / "group.yaml"
    file.write_text(text, encoding="utf-8")
    return file
