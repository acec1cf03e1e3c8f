from collections.abc import AsyncIterator

import pytest

from tests.support.modbus_device import Device


@pytest.fixture
async def device() -> AsyncIterator[Device]:
    one = Device()
    await one.start()
    yield one
    await one.stop()
