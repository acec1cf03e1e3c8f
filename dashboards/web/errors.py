"""What keeps the desk from starting."""


class DeskRefused(ValueError):
    """Mend what the text names, then start the desk again."""
