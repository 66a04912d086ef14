"""A small lesson whose two exercises are answered in Python, each made of its spec; its class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode

from course_lib.authoring.lint import check_source
from tests.exercises.judgement.corpus import spec_of
from tests.grading.class_folder import ClassFolder, open_class
from tests.grading.submissions import Edit, cell_of

# Without a number, so that it is no lesson of the course and has no bounds.
LESSON = "your-own-runner"
NOTEBOOK = f"{LESSON}.ipynb"
FUNCTION, RULES = "pending", "rules-as-operations"

TEXT = f"""# Your own runner

```python
from course_lib.notebook import begin, check, hint, quiz
lesson = begin("{LESSON}")
```

```python answer="{FUNCTION}"
%%answer pending
def pending(files, ledger):
    ### BEGIN SOLUTION
    applied = {{row["name"] for row in ledger if row["applied_at"] is not None}}
    return [file[:-4] for file in sorted(files) if file[:-4] not in applied]
    ### END SOLUTION
```

```python tags=["not-run-when-grading"]
pending(["001_a.sql"], [])
```

```python check="{FUNCTION}" points=10
{check_source(FUNCTION)}
```

```python answer="{RULES}"
%%migration 003_rules.py
operations = [
    ### BEGIN SOLUTION
    add_check("orders", "price >= 0"),
    ### END SOLUTION
]
```

```python check="{RULES}" points=13
{check_source(RULES)}
```
"""
WORLD = """CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, price DECIMAL(8, 2));
INSERT INTO users VALUES (1, 'Ada');
"""


def write_lessons(lessons: Path) -> None:
    """A `lessons/` folder with this lesson and no other."""
    folder = lessons / LESSON / "exercises"
    folder.mkdir(parents=True)
    (folder.parent / "lesson.md").write_text(TEXT, encoding="utf-8")
    (folder.parent / "world.sql").write_text(WORLD, encoding="utf-8")
    for name in (FUNCTION, RULES):
        text = spec_of(name).read_text(encoding="utf-8")
        lines = [f'lesson = "{LESSON}"' if one.startswith("lesson =") else one
                 for one in text.split("\n")]  # fmt: skip
        (folder / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")


@contextmanager
def open_python_class(base: Path, *more_configuration: str) -> Iterator[ClassFolder]:
    """The class of this lesson."""
    with open_class(
        base / "class", *more_configuration, lesson=LESSON, write_lessons=write_lessons
    ) as course:
        yield course


def answers(function: str = "", rules: str = "") -> Edit:
    """Replaces the learner's answers by these texts; one that is empty is left as it was."""

    def edit(notebook: NotebookNode) -> None:
        for name, text in ((FUNCTION, function), (RULES, rules)):
            if text:
                cell = cell_of(notebook, f"{name}-answer")
                cell.source = f"{cell.source.splitlines()[0]}\n{text.strip()}"

    return edit
