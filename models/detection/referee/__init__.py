"""Which meter errs, by what the nodes of the mass balance leave day after day."""
