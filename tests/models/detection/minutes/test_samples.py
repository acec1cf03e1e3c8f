"""Samples of minutes do not depend on how many are made ready at once."""

from dataclasses import replace

import numpy as np
import pytest

from models.detection.minutes import observed
from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import WorksMinutes

START_S = 1_790_000_040


def test_samples_are_the_same_however_many_are_made_ready_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    unit = blank(50, ["blast"], counts=True)
    unit.heard[:] = random.random(50) < 0.8
    unit.values["blast"][:] = random.random(50)
    known = np.sort(random.integers(START_S - 300, START_S + 50 * 60 + 300, 200))
    unit = replace(unit, event_end_s=known - 30, event_t=np.arange(200.0), event_known_s=known)
    works = WorksMinutes(START_S, {"bf3": unit})
    whole = [(end_s, repr(samples)) for end_s, samples in works.samples()]
    assert sum(len(samples["bf3"].events) for _, samples in works.samples()) > 100
    for at_once in (1, 7, 49, 50):
        monkeypatch.setattr(observed, "AT_ONCE", at_once)
        assert [(end_s, repr(samples)) for end_s, samples in works.samples()] == whole
