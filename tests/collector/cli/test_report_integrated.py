"""A report says which of its tonnes come from a rate, for a rate is a worse witness than a counter."""

import sys
from pathlib import Path

import pytest

from collector.cli.main import main
from tests.collector.service.steel_works import delivery_of, opened_parts
from tests.collector.service.works_document import works_settings, works_yaml


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Integrated from a rate, for there is no counter: Mine 1, coal_raw"),
        ("ru", "Получено интегрированием расхода: счётчика нет: Mine 1, coal_raw"),
        ("kk", "Шығыннан интегралданған: есептегіш жоқ: Mine 1, coal_raw"),
    ],
)
async def test_the_report_names_what_is_integrated(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: str,
) -> None:
    shops = works_yaml()["shops"]
    belt = shops[0]["units"][0]["tags"][0]
    belt |= {"kind": "rate", "product": "coal_raw", "cadence": "10s"}
    shops[0]["units"][0]["tags"] = [belt]
    settings = works_settings(tmp_path, shops=shops)
    async with opened_parts(settings.data_dir, settings.plant) as parts:
        for at_s in range(0, 60, 10):
            await parts.take(delivery_of(parts.batch(("mine1.belt", at_s, 720.0 + at_s / 100))))
        await parts.settle()
    monkeypatch.setattr(
        sys,
        "argv",
        [
            "tundish",
            "report",
            "day",
            "--period",
            "2026-09-30",
            "--lang",
            language,
            "--plant",
            str(tmp_path / "plant.yaml"),
        ],
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert words in " ".join(capsys.readouterr().out.split())
