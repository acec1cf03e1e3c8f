"""The small works of these tests, as the configuration resolves it."""

from pathlib import Path

import pytest

from collector.config.settings import Settings
from models.works.plant import Plant
from tests.collector.service.works_document import works_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return works_settings(tmp_path)


@pytest.fixture
def plant(settings: Settings) -> Plant:
    return settings.plant
