"""What a cell shows keeps together what is read together."""

from __future__ import annotations

import re

from course_lib.notebook.display import bullets, code_list, table


def test_a_short_piece_of_code_is_not_broken_and_a_long_one_may_be() -> None:
    html = bullets(["write it under `-- migrate:down`", f"not under `{'x ' * 40}`"]).html
    assert '<code class="updown-short">-- migrate:down</code>' in html
    assert "<code>x x" in html


def test_what_is_said_of_a_statement_stands_beside_it_only_where_both_fit_on_a_line() -> None:
    update = "UPDATE users SET country = 'NO' WHERE phone LIKE '+47%'"
    html = code_list([("BEGIN", "done"), (update, "done, 48 rows changed"), (update, "done")]).html
    assert re.findall(r"</code>(&ensp;|<br>)", html) == ["&ensp;", "<br>", "&ensp;"]


def test_a_null_stands_under_the_numbers_of_its_column() -> None:
    html = table([("price", ""), ("title", "")], [(1.5, "Ink"), (None, None)], caption="c").html
    null = '<span class="updown-null">NULL</span>'
    assert f'<td class="updown-number">{null}</td><td>{null}</td>' in html
