"""What keeps the desk from starting."""


class DeskRefused(ValueError):
    """The desk cannot start. The text says what to correct; then start it again."""
