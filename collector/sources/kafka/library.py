"""What the library behind Kafka is told to do, and what its errors mean, wherever it is used."""

import logging

from confluent_kafka import KafkaError, KafkaException

REFUSALS = (
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.GROUP_AUTHORIZATION_FAILED,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED,
    KafkaError.SASL_AUTHENTICATION_FAILED,
    KafkaError._AUTHENTICATION,
    KafkaError._SSL,
)
"""A person has to act: a user, a right or a certificate is wrong."""
_LONGEST = 200


def error_line(error: Exception, aside: KafkaError | None = None) -> str:
    """One line for people. `aside`: what the library told of the connection itself, which says more."""
    told = error.args[0] if isinstance(error, KafkaException) and error.args else None
    of = aside if aside is not None else told
    text = of.str() if isinstance(of, KafkaError) else str(error) or type(error).__name__
    return next(iter(text.splitlines()), "")[:_LONGEST]


def quiet_logger() -> logging.Logger:
    """The library writes to standard error by itself; what matters of it comes as an error."""
    logger = logging.getLogger("tundish.librdkafka")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return logger
