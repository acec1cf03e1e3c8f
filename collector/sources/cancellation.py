"""A source that is to stop does, whatever a library between made of it."""

import asyncio


def heed_cancellation() -> None:
    """End this task if it is to end and a library kept that for itself.

    Before Python 3.12 `asyncio.wait_for` returns what came in the same turn as a cancellation, and the task lives on.
    asyncua opens its socket so and pymodbus waits so for each answer: a source cancelled in that instant would poll for
    ever, and hold up the stop of the service.

    Raises:
        asyncio.CancelledError: this task was cancelled.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
