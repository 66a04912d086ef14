"""The bank: what is read, and that every fault is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.quiz import KINDS, BankError, OneChoice, parse_bank, read_bank, read_quiz


def option(name: str, *, right: bool = False, text: str = "", why: str = "") -> str:
    belief = "right = true" if right else f'misconception = "belief {name}"'
    return (
        f'[[quiz.question.option]]\nid = "{name}"\ntext = "{text or "Text " + name}"\n'
        f'explanation = "{why or "Why " + name}"\n{belief}\n'
    )


def question(name: str, *options: str) -> str:
    head = f'[[quiz.question]]\nid = "{name}"\nkind = "one-choice"\n'
    return head + f'stem = "What?"\ntopic = "topic"\n{"".join(options)}'


def choices(name: str) -> tuple[str, ...]:
    return tuple(option(f"{name}-{letter}", right=letter == "b") for letter in "abc")


HEAD = 'format = 1\n[[quiz]]\nid = "one"\ntitle = "One"\n'
GOOD = HEAD + question("q1", *choices("x"))


def faults(text: str) -> list[str]:
    with pytest.raises(BankError) as caught:
        parse_bank(text, "bank.toml")
    return [str(problem) for problem in caught.value.problems]


def line(text: str, part: str, nth: int = 1) -> int:
    found = [n for n, each in enumerate(text.splitlines(), start=1) if part in each]
    return found[nth - 1]


def test_a_good_bank_is_read_whole() -> None:
    (quiz,) = parse_bank(GOOD, "bank.toml")
    (only,) = quiz.questions
    assert isinstance(only, OneChoice)
    assert (quiz.id, quiz.title, only.id, only.kind) == ("one", "One", "q1", "one-choice")
    assert [o.right for o in only.options] == [False, True, False]
    assert [o.misconception for o in only.options] == ["belief x-a", None, "belief x-c"]


def test_text_that_is_not_toml_is_named_with_its_line() -> None:
    (said,) = faults(GOOD.replace('title = "One"', "title = One"))
    assert said.startswith("bank.toml, line 4: This is not TOML:")


def test_a_file_that_ends_too_early_points_to_its_end() -> None:
    (said,) = faults('format = 1\n[[quiz]]\nid = "one')
    assert said.startswith("bank.toml, line 3: This is not TOML:")


@pytest.mark.parametrize("key", ["stem", "topic", "text", "explanation"])
def test_a_missing_text_is_named_at_the_table_it_belongs_to(key: str) -> None:
    lines = GOOD.splitlines()
    at = line(GOOD, f"{key} =")
    text = "\n".join(lines[: at - 1] + lines[at:])
    header = "[[quiz.question]]" if key in ("stem", "topic") else "[[quiz.question.option]]"
    assert faults(text) == [
        f"bank.toml, line {line(text, header)}: `{key}` is missing; expected a text."
    ]


def test_an_unexplained_option_is_a_fault() -> None:
    text = GOOD.replace('explanation = "Why x-c"', 'explanation = "  "')
    at = line(text, 'explanation = "  "')
    assert faults(text) == [f"bank.toml, line {at}: `explanation` is '  '; expected a text."]


def test_two_explanations_alike_are_a_fault_across_questions() -> None:
    text = GOOD + question("q2", *choices("y")).replace("Why y-c", "why  X-A")
    (said,) = faults(text)
    assert said.startswith(f"bank.toml, line {line(text, 'why  X-A')}: Option q2/y-c has the same")
    assert "q1/x-a" in said


@pytest.mark.parametrize("rights", ["", "ab"])
def test_exactly_one_option_is_right(rights: str) -> None:
    text = HEAD + question("q1", *(option(n, right=n in rights) for n in "abc"))
    (said,) = faults(text)
    assert said.startswith(f"bank.toml, line {line(text, '[[quiz.question]]')}: ")
    assert f"has {len(rights)} right options; expected exactly one" in said


@pytest.mark.parametrize("names", ["ab", "abcde"])
def test_a_question_has_three_or_four_options(names: str) -> None:
    (said,) = faults(HEAD + question("q1", *(option(n, right=n == "b") for n in names)))
    assert f"has {len(names)} options; expected 3 or 4" in said


def test_ids_are_unique_in_their_place() -> None:
    twice = GOOD + question("q1", *choices("y"))
    (said,) = faults(twice)
    at = line(twice, "[[quiz.question]]", 2)
    assert f"line {at}: The question 'q1' is there twice" in said
    same = HEAD + question("q1", option("a"), option("b", right=True), option("a", why="Other"))
    assert any("The option 'a' is there twice" in each for each in faults(same))
    quizzes = GOOD + GOOD.removeprefix("format = 1\n").replace("Why", "How")
    (said,) = faults(quizzes)
    at = line(quizzes, 'id = "one"', 2)
    assert f"line {at}: The quiz 'one' is there twice" in said


def test_the_right_option_may_not_give_itself_away_by_its_length() -> None:
    long = option("b", right=True, text="By far the longest text in this question")
    (said,) = faults(HEAD + question("q1", option("a"), long, option("c")))
    assert "the longest in 1 of 1 questions" in said
    fine = HEAD + question("q1", option("a"), long, option("c")) + question("q2", *choices("y"))
    assert len(parse_bank(fine, "bank.toml")[0].questions) == 2


def test_the_right_option_may_not_always_stand_in_one_place() -> None:
    text = GOOD + question("q2", *choices("y")) + question("q3", *choices("z"))
    (said,) = faults(text)
    assert "number 2 in every question" in said


def test_an_option_that_points_at_the_others_is_a_fault() -> None:
    (said,) = faults(GOOD.replace("Text x-a", "All of the above"))
    assert "refers to other options" in said


def test_a_wrong_option_names_its_misconception_and_the_right_one_has_none() -> None:
    text = GOOD.replace('misconception = "belief x-a"\n', "")
    (said,) = faults(text)
    assert "x-a is wrong and names no misconception" in said
    (said,) = faults(GOOD.replace("right = true", 'right = true\nmisconception = "m"'))
    assert "x-b is right and names a misconception" in said


def test_unknown_keys_kinds_and_formats_are_faults_not_ignored() -> None:
    text = GOOD.replace("topic =", "topics =")
    said = faults(text)
    assert any("`topics` is not known here" in each for each in said)
    assert any(f"line {line(text, 'topics =')}:" in each for each in said)
    (said_kind,) = faults(GOOD.replace("one-choice", "essay") + question("q2", *choices("y")))
    assert f"no question kind 'essay'; known: {', '.join(KINDS)}." in said_kind
    (said_format,) = faults(GOOD.replace("format = 1", "format = 9"))
    assert said_format == "bank.toml, line 1: The bank's format is 9; expected 1."


def test_headers_inside_a_long_text_do_not_move_the_lines() -> None:
    sql = 'sql = """\n[[quiz.question]]\nstem = 1\n"""\n'
    text = GOOD.replace('topic = "topic"\n', f'topic = "topic"\n{sql}', 1)
    broken = text.replace('explanation = "Why x-c"\n', "")
    at = line(broken, "[[quiz.question.option]]", 3)
    assert faults(broken) == [f"bank.toml, line {at}: `explanation` is missing; expected a text."]


def test_every_fault_is_reported_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace('text = "Text x-c"', "text = 3").replace('stem = "What?"', "stem = 1")
    said = faults(text)
    assert ["`stem`" in said[0], "`text`" in said[1], len(said)] == [True, True, 2]


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "quiz.toml"
    path.write_bytes(GOOD.replace("Text x-a", "Tëxt").encode("latin-1"))
    with pytest.raises(BankError) as caught:
        read_bank(path)
    assert caught.value.problems[0].line == line(GOOD, "Text x-a")
    assert "UTF-8" in str(caught.value)


def test_asking_for_a_quiz_that_the_bank_lacks_names_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "quiz.toml"
    path.write_text(GOOD)
    assert read_quiz(path, "one").title == "One"
    with pytest.raises(BankError, match="no quiz 'two'; it has one"):
        read_quiz(path, "two")
