"""Drops of output with labels: what is told of them, by which rule, how soon, and what is told falsely."""
