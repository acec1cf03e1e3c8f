"""Where readings come from. A source is one module or package here; see base.py for what it has to provide."""
