"""Drops of output with labels: which rule finds them, how soon, and what it finds falsely."""
