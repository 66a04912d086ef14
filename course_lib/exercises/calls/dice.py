"""Chance that comes from a secret: the same arguments for the same secret on every machine."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")


class Dice:
    """What the `draw(dice)` of a spec is given; `what` tells one call from all others.

    >>> Dice("a secret", "exercise group 1").number(1, 6) in range(1, 7)
    True
    """

    def __init__(self, secret: str, what: str) -> None:
        self._secret, self._what, self._turn = secret.encode(), what, 0

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included. ValueError where there is none between them."""
        if most < least:
            raise ValueError(f"there is no number from {least} to {most}")
        self._turn += 1
        message = f"{self._what}\0{self._turn}".encode()
        digest = hmac.new(self._secret, message, hashlib.sha256).digest()
        return least + int.from_bytes(digest[:8], "big") % (most - least + 1)

    def chance(self, percent: int) -> bool:
        """True so many times of a hundred."""
        return self.number(1, 100) <= percent

    def one_of(self, items: Sequence[One]) -> One:
        """One of several."""
        return items[self.number(0, len(items) - 1)]

    def shuffled(self, items: Sequence[One]) -> list[One]:
        """All of them in another order."""
        left = list(items)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(len(left))]

    def some_of(self, items: Sequence[One], percent: int) -> list[One]:
        """Each of them so many times of a hundred, in their order."""
        return [item for item in items if self.chance(percent)]
