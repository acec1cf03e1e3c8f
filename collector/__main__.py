"""`python -m collector`: the command `tundish`, wherever it is not on the path."""

from collector.cli.main import main

main()
