"""What one answer did in worlds, for a second check of the same answer that has those worlds too.

Grading checks an answer twice, in the visible worlds and then in all: the first part need not
be done again. A learner's own check never has it, so that each run of it is a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .answer import Answer
from .exercise import Task
from .findings import Evidence
from .instance import Connection, open_root
from .learned import Learned
from .world import World


@dataclass
class Seen:
    """The evidence of the last answer to the last exercise, by the names of the worlds.

    The instance that the worlds are attached to is kept too, since opening one takes as long as a
    world.
    """

    task: Task | None = None
    answer: Answer | None = None
    worlds: dict[str, tuple[World, Evidence]] = field(default_factory=dict)
    learned: Learned = field(default_factory=Learned)
    _root: Connection | None = None

    @contextmanager
    def root(self) -> Iterator[Connection]:
        """The instance for this check, and for the next one where this one comes to its end."""
        root, self._root = self._root or open_root(), None
        try:
            yield root
        except BaseException:
            root.close()
            raise
        self._root = root

    def close(self) -> None:
        """Let go of the instance."""
        if self._root is not None:
            self._root.close()
            self._root = None

    def begin(self, task: Task, answer: Answer) -> None:
        """Forget what is of another exercise or answer."""
        if task != self.task or answer != self.answer:
            self.task, self.answer = task, answer
            self.worlds, self.learned = {}, Learned()

    def find(self, world: World) -> Evidence | None:
        """What was seen in this very world."""
        known, evidence = self.worlds.get(world.name, (None, None))
        return evidence if known == world else None

    def note(self, world: World, evidence: Evidence) -> None:
        """Keep what was seen."""
        self.worlds[world.name] = (world, evidence)
