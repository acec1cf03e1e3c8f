"""The command line, a file a command.

Commands import what they need inside their functions, so that `--help` and shell completion answer at once.
"""
