"""Several works, one company: what a works sends of its figures over Kafka, and the ledger that adds them up."""
