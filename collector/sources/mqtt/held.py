"""How much of what a broker sent may wait for us: the thread that reads the line waits while there is no room."""

import threading


class HeldBytes:
    """Taken in the library's thread, released in the loop's. One message always has room, however large it is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._open = False
        self._room = threading.Condition()

    def take(self, size: int) -> None:
        """Wait until there is room for so many bytes; blocks."""
        with self._room:
            self._room.wait_for(lambda: self._open or not self._held or self._held + size <= self._most)
            self._held += size

    def release(self, size: int) -> None:
        """So many bytes were taken away."""
        with self._room:
            self._held -= size
            self._room.notify_all()

    def open(self) -> None:
        """The session ends: nobody waits any more."""
        with self._room:
            self._open = True
            self._room.notify_all()
