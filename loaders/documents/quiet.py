"""Libraries that write to the log are heard here, not on the user's terminal."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__()
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def heard(*loggers: str) -> Iterator[list[str]]:
    """Collect what the named loggers and `warnings` say inside the block, instead of printing it."""
    messages: list[str] = []
    collector = _Collector(messages)
    before = [(logging.getLogger(name), logging.getLogger(name).propagate) for name in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger, _ in before:
            logger.addHandler(collector)
            logger.propagate = False
        try:
            yield messages
        finally:
            for logger, propagate in before:
                logger.removeHandler(collector)
                logger.propagate = propagate
