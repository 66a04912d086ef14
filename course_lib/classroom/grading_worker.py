"""The program that grades for `updown class grade`: a line of JSON in, a submission, a line out.

It ends where its input does, so it outlives whoever started it by one submission at most.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from dataclasses import asdict
from pathlib import Path


def main() -> None:
    """Grade in the course folder that the first argument names."""
    # What is started here is ended with it.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    # What a library prints must not get between the lines of the answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # SQLAlchemy, of nbgrader's own work, for each learner who is graded for the first time.
    warnings.filterwarnings("ignore", message="Object of type <Submitted")
    from course_lib.classroom.grade_one import grade_one

    for line in sys.stdin:
        graded = grade_one(Path(sys.argv[1]), **json.loads(line))
        try:
            print(json.dumps(asdict(graded)), file=answers, flush=True)
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()
