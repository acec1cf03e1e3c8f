"""What keeps the desk from starting, and what is wrong with an address that it was asked for."""


class DeskRefused(ValueError):
    """The desk cannot start. The text says what to correct; then start it again."""


class AddressFault(ValueError):
    """An address asks for what cannot be: say so to whoever asked, by the text of the key `text` with `given` in it."""

    def __init__(self, text: str, given: str = "") -> None:
        super().__init__(text, given)
        self.text, self.given = text, given
