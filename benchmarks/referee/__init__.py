"""Which meter errs, by the mass balance: how soon the referee says so, how often it is right, how often it is wrong."""
