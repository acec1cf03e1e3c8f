"""Answers of a database, read to a limit: whoever answers in its place may send without end."""

import aiohttp

LONGEST_ANSWER = 16 * 2**20
"""The longest that is asked for is a week of one table, some 3 MB: 141 MB of a stranger's page once took 559 MB."""


class BoundedAnswer(aiohttp.ClientResponse):
    """An answer of LONGEST_ANSWER bytes at most. Reading a longer one raises ClientPayloadError."""

    async def read(self) -> bytes:
        """The whole answer."""
        if self._body is None:
            body = bytearray()
            async for part in self.content.iter_any():
                body += part
                if len(body) > LONGEST_ANSWER:
                    self.close()
                    raise aiohttp.ClientPayloadError(f"it is longer than {LONGEST_ANSWER >> 20} MB")
            self._body = bytes(body)
        return await super().read()


SESSION: dict[str, object] = {
    "response_class": BoundedAnswer,
    # A few packed bytes may be megabytes; the database sends as it is asked, and so the limit counts what comes.
    "auto_decompress": False,
    "headers": {"Accept-Encoding": "identity"},
}
"""How the session of the client is made."""
