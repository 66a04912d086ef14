"""Lesson text to cells: what becomes a cell, which options it has, and what is refused."""

from __future__ import annotations

import pytest

from course_lib.authoring.lesson import read_lesson

TEXT = """# Adding a column

Some prose.

~~~sql
SELECT 'to read'
~~~

```sql tags=["wide"]
SELECT 'runs'
```

```python answer="add-email"
%%migration 001_x
-- migrate:up
-- it's a line with an apostrophe
```

```python check="add-email" points=2.5
check("add-email")
```

```mermaid
erDiagram
```
"""


def problem_of(text: str) -> str:
    (problem,) = read_lesson(text, "lessons/x/lesson.md").problems
    return str(problem)


def test_prose_code_sql_and_options_become_cells_with_their_lines() -> None:
    text = read_lesson(TEXT, "lessons/x/lesson.md")
    assert text.problems == ()
    prose, sql, answer, check, diagram = text.cells
    assert prose.kind == "markdown" and "SELECT 'to read'" in prose.source
    assert (sql.source, sql.line, sql.tags) == ("%%sql\nSELECT 'runs'", 9, ("wide",))
    assert (answer.answer, answer.check, answer.line) == ("add-email", None, 13)
    assert answer.source.startswith("%%migration 001_x\n")
    assert (check.check, check.points, check.line) == ("add-email", 2.5, 19)
    assert diagram.kind == "markdown"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a\n\n```bash\nls\n```\n", "lesson.md, line 3:", "~~~bash"),
        ("```js\n1\n```\n", "lesson.md, line 1:", "'js'"),
        ("```sql show\nSELECT 1\n```\n", "lesson.md, line 1:", "option 'show'"),
        ("```python .noeval\n1\n```\n", "lesson.md, line 1:", "option '.noeval'"),
        ('```python answer="Add Email"\n1\n```\n', "lesson.md, line 1:", "not the name"),
        ('```python check="a"\n1\n```\n', "lesson.md, line 1:", "points"),
        ('```python answer="a" points=3\n1\n```\n', "lesson.md, line 1:", "points"),
        ('```python check="a" points="3"\n1\n```\n', "lesson.md, line 1:", "points"),
        ("```python tags=5\n1\n```\n", "lesson.md, line 1:", "tags"),
        ("~~~~\n```python\n1\n```\n~~~~\n", "lesson.md, line 2:", "inside a ~~~ fence"),
        ("```text\n\n```python\n1\n```\n", "lesson.md, line 1:", "not closed"),
        ("prose\n\n```python\n1\n", "lesson.md, line 3:", "not closed"),
        ("---\ntitle: x\n---\n\nprose\n", "lesson.md, line 1:", "front matter"),
    ],
)
def test_what_would_surprise_an_author_is_refused_with_its_line(
    text: str, place: str, words: str
) -> None:
    problem = problem_of(text)
    assert place in problem
    assert words in problem
