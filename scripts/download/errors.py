"""The two ways in which a request fails."""

from __future__ import annotations


class RefusedError(Exception):
    """What was found is not what was expected, and asking again would not change it."""


class PassingError(Exception):
    """The server or the line failed for now: worth another try."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        """Take the sentence for people, and the seconds after which the server asks to come back."""
        super().__init__(sentence)
        self.retry_after = retry_after
