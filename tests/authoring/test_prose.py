"""A lesson's prose between two things to do: its words, the lines where it begins, its promise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_lib.authoring.prose import find_stretches, promised_minutes

TEXT = """# Title

That takes about 35 minutes.

~~~sql
SELECT 'to be read';
~~~

```python
begin()
```

```sql
SELECT 'runs';
```

Two words.
"""


def test_prose_is_counted_between_cells_and_text_to_read_is_not() -> None:
    found = find_stretches(TEXT)
    assert [(one.line, one.words) for one in found] == [(1, 7), (13, 0), (17, 2)]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_each_stretch_has_its_words_and_its_line(sizes: list[int]) -> None:
    prose = [" ".join(["word"] * size) for size in sizes]
    text = "\n\n```sql\nSELECT 1;\n```\n\n".join(prose)
    found = find_stretches(text)
    assert [one.words for one in found] == sizes
    lines = text.splitlines()
    assert all(lines[one.line - 1].startswith("word") for one in found if one.words)


def test_the_promise_is_the_first_number_of_minutes_before_the_second_heading() -> None:
    assert promised_minutes(TEXT) == 35
    assert promised_minutes("# Title\n\n## Part\n\nIn the first 10 minutes.\n") is None
