"""Who a learner is on the page, or, where names are left out, that nobody can be told from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from re import Pattern

from course_lib.classroom.roster import Learner

SOMEBODY = "a learner"
LEFT_OUT = "[left out]"
LONGEST = 400
"""Characters of a text that may come from a learner."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@dataclass(frozen=True)
class Names:
    """How learners are called. With `left_out` they are not."""

    shown: dict[str, str]
    left_out: Pattern[str] | None = None

    def of(self, learner: str) -> str:
        """A learner's name and id."""
        return SOMEBODY if self.left_out else plain(self.shown.get(learner, learner))

    def clean(self, text: str) -> str:
        """A text that may come from a learner: without what is no character to be seen, and
        without names where these are left out."""
        text = plain(text)
        return self.left_out.sub(LEFT_OUT, text) if self.left_out else text


def name_all(learners: Iterable[Learner], *, leave_out: bool) -> Names:
    """The names of a class, from its gradebook and the folders of what was handed in."""
    known = tuple(learners)
    if leave_out:
        return Names({}, _pattern(known))
    return Names({one.id: _full(one) for one in known})


def plain(text: str) -> str:
    """A text of one line that can be shown: control and invisible characters are gone, and what is
    too long is cut."""
    spaced = " ".join(text[: 4 * LONGEST].split())
    shown = "".join("�" if unicodedata.category(one) in _INVISIBLE else one for one in spaced)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _full(learner: Learner) -> str:
    name = f"{learner.first_name} {learner.last_name}".strip()
    return f"{name} ({learner.id})" if name else learner.id


def _pattern(learners: Iterable[Learner]) -> Pattern[str]:
    """Every word that could say who somebody is: parts of names, ids, addresses."""
    words = set()
    for one in learners:
        words |= {one.id, one.lms_user_id, one.email, one.email.partition("@")[0]}
        words |= {one.first_name, one.last_name, *one.first_name.split(), *one.last_name.split()}
    known = sorted((re.escape(word) for word in words if word), key=len, reverse=True)
    if not known:
        return re.compile(r"(?!)")
    # Parts of a longer word are no name, but `_`, which joins words in SQL, is an end of one.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(known)})(?![^\W_])", re.IGNORECASE)
