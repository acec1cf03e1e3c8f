"""Several works as one company: their published figures added, by product."""
