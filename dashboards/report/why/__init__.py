"""The report that says why output changed."""
