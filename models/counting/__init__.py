"""How readings become grams: validation, counters, events, increments, and how complete they are."""
