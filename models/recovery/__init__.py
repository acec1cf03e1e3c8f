"""How a month that is forecast below its plan can still be made, and what keeps it from being."""
