"""One value of one monitored item."""

import numpy as np

from collector.sources.opcua.standing import Notified


def notified(row: int, value: float, status: int = 0, *, good: bool = True) -> Notified:
    return Notified(np.array([row]), np.array([value]), np.array([status], dtype=np.uint32), np.array([good]))
