"""Scenes: faults with file and line, the team's files, and every shipped scene played through."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from course_lib.timeline.scenes import (
    SceneError,
    Stage,
    parse_scene,
    read_scene,
    rehearse_scene,
    stage_to_html,
    stage_to_text,
)

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(ROOT.glob("lessons/*/scenes/*.toml"))

SCENE = '''
format = 1
id = "small"
title = "Small"
text = "Two of us."
alike = ["ada", "bea"]

[[database]]
id = "ada"
title = "Ada's laptop"
up = "001"

[[database]]
id = "bea"
title = "Bea's laptop"

[[migration]]
name = "001_create_users"
text = """
-- migrate:up
CREATE TABLE users (id INTEGER);
-- migrate:down
DROP TABLE users;
"""

[[beat]]
say = "Bea catches up."
do = "catch-up"
at = "bea"
phrase = "001_create_users applied"
'''
SECOND = (
    "-- migrate:up\nALTER TABLE users ADD COLUMN b INTEGER;\n"
    "-- migrate:down\nALTER TABLE users DROP COLUMN b;\n"
)


def stage() -> Stage:
    return Stage(parse_scene(SCENE, "small.toml"))


def states(stage: Stage, place: str) -> list[str]:
    (found,) = [one for one in stage.picture["places"] if one["id"] == place]
    return [cell["state"] for cell in found["cells"]]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_scene_ends_as_its_author_says(path: Path) -> None:
    assert rehearse_scene(read_scene(path)) == ()
    assert read_scene(path).id == path.stem


def test_the_document_s_four_stories_are_there() -> None:
    assert {path.stem for path in SHIPPED} >= {"new-teammate", "deploy", "one-number", "drift"}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format = 1", "format = 7", 2, "`format` has to be 1"),
        ('id = "small"', 'id = "So Small"', 3, "lower case with hyphens"),
        ('title = "Small"', 'titel = "Small"', 4, "A scene has no key `titel`"),
        ('"ada", "bea"]', '"ada", "eve"]', 6, "There is no database 'eve'"),
        ('up = "001"', 'down = "001"', 11, "A database has no key `down`"),
        ('id = "bea"', 'id = "ada"', 13, "Two databases have the id 'ada'"),
        ('"001_create_users"\n', '"create users"\n', 18, "is no migration's name"),
        ("CREATE TABLE users (id INTEGER);", "CREATE TABLE (id);", 21, "001_create_users"),
        ('do = "catch-up"', 'do = "catchup"', 28, "There is no 'catchup'; there are write"),
        ('at = "bea"\n', 'at = "eve"\n', 29, "there is no 'eve'; there are ada, bea"),
        ('say = "Bea catches up."', "", 26, "`say` is missing"),
        ("phrase =", "sql =", 30, "A beat that does `catch-up` has no key `sql`"),
        ("format = 1", "format = ", 2, "This is not TOML"),
    ],
)
def test_a_fault_has_its_line_and_a_sentence(old: str, new: str, line: int, words: str) -> None:
    assert old in SCENE
    with pytest.raises(SceneError) as caught:
        parse_scene(SCENE.replace(old, new, 1), "small.toml")
    told = {(problem.line, problem.sentence) for problem in caught.value.problems}
    assert any(at == line and words in sentence for at, sentence in told), told
    assert str(caught.value).startswith("small.toml, line ")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("001_create_users applied", "two rows", "beat 1 does not say 'two rows'"),
        ('at = "bea"\n', 'at = "bea"\nexpect = "refused"\n', "should be refused and is done"),
        ('do = "catch-up"', 'do = "pull"', "beat 1 does not say"),
        ('up = "001"', 'up = "009"', "ada cannot begin at 009"),
        ('"catch-up"', '"look"', "at the end bea and ada should have the same tables"),
    ],
)
def test_a_scene_that_does_not_play_as_it_says_is_told(old: str, new: str, words: str) -> None:
    assert old in SCENE
    problems = rehearse_scene(parse_scene(SCENE.replace(old, new), "small.toml"))
    assert any(words in str(problem) for problem in problems), problems


def test_a_file_travels_from_one_to_the_other_and_runs_once_in_each() -> None:
    play = stage()
    play.next()
    assert states(play, "bea") == ["current"]
    play.write("ada", "002_add_b", SECOND)
    assert states(play, "ada") == ["current", "pending"]
    assert states(play, "bea") == ["current", "no file"]
    play.catch_up("bea")
    assert states(play, "bea") == ["current", "no file"], "it is not shared yet"
    play.push("ada")
    told = play.catch_up("bea")
    assert any("1 was there already" in note for note in told.notes)
    assert states(play, "bea") == ["applied", "current"]
    assert "like no other" in play.picture["alike"]
    play.up("ada")
    assert play.picture["alike"] == "All 2 databases have the same tables."


def test_a_database_that_had_nothing_is_not_told_how_little_ran_a_second_time() -> None:
    told = stage().catch_up("bea")
    assert told.tone == "done" and "001_create_users applied" in told.said
    assert not [note for note in told.notes if "already" in note]


def test_a_file_with_a_new_number_is_gone_under_its_old_name_for_everybody() -> None:
    play = stage()
    play.write("ada", "002_add_b", SECOND)
    play.push("ada")
    play.pull("bea")
    play.renumber("ada", "002_add_b", "003_add_b")
    play.push("ada")
    play.pull("bea")
    names = [path.name for path in play.folder.glob("*/bea/migrations/*.sql")]
    assert sorted(names) == ["001_create_users.sql", "003_add_b.sql"]


def test_one_name_with_two_texts_is_a_conflict() -> None:
    play = stage()
    play.write("ada", "002_add_b", SECOND)
    play.push("ada")
    play.write("bea", "002_add_b", SECOND + "-- mine\n")
    assert "another file of this name is shared" in play.push("bea").said


def test_a_change_by_hand_shows_as_drift_and_a_file_cannot_make_it_twice() -> None:
    play = stage()
    told = play.by_hand("ada", "ALTER TABLE users ADD COLUMN b INTEGER")
    assert any("no applied migration makes it" in note for note in told.notes)
    play.write("ada", "002_add_b", SECOND)
    assert play.up("ada").tone == "refused"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ('up("eve")', "there is no database called eve yet"),
        ('write("ada", "b", "SELECT 1;")', "no migration's name"),
        ('write("ada", "001_create_users", "SELECT 1;")', "there is such a file already"),
        ('by_hand("ada", "SELECT FROM")', "correct the statement"),
        ('renumber("ada", "009_x", "010_x")', "there is no such file here"),
        ('join("ada")', "this database is here already"),
        ('join("eve")', "there is no database called eve yet"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_changes_nothing(action: str, words: str) -> None:
    play = stage()
    before = play.picture["places"]
    told = eval(f"play.{action}")
    assert words in told.said and told.tone == "refused"
    assert play.picture["places"] == before


def test_reset_begins_again_and_everything_goes_with_the_stage() -> None:
    play = stage()
    start = play.picture["places"]
    play.next()
    assert play.next().said.startswith("The scene is over")
    play.reset()
    assert play.picture["places"] == start and not play.picture["over"]
    folder = play.folder
    assert folder.exists()
    del play
    assert not folder.exists()


def test_every_line_of_code_that_it_shows_runs() -> None:
    play = stage()
    play.write("ada", "002_add_b", SECOND)
    play.push("ada")
    play.catch_up("bea")
    again = stage()
    for line in play.picture["script"]:
        eval(line, {"stage": again})
    assert again.picture["places"] == play.picture["places"]
    assert again.picture["script"] == play.picture["script"]


def test_picture_text_and_html_say_the_same_and_no_path_of_this_machine() -> None:
    play = Stage(
        read_scene(ROOT / "lessons" / "02-changes-without-chaos" / "scenes" / "one-number.toml")
    )
    while not play.picture["over"]:
        play.next()
        picture = play.picture
        text = stage_to_text(picture)
        html = unescape(re.sub(r"<[^>]+>", " ", stage_to_html(picture)))
        words = [picture["said"], picture["alike"], *picture["notes"], *picture["columns"]]
        words += [place["title"] for place in picture["places"]]
        words += [line for place in picture["places"] for line in place["problems"]]
        words += [beat["say"] for beat in picture["beats"] if beat["played"]]
        for word in words:
            assert " ".join(word.split()) in " ".join(text.split())
            assert "".join(word.replace("`", "").split()) in "".join(html.split())
        assert str(play.folder) not in text and str(play.folder) not in html
