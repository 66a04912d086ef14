"""Hands for a quiz: answers a question of any kind, with the mouse or by keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from course_lib.quiz import Question, read_bank

BANK = Path(__file__).parents[2] / "lessons" / "04-adding-a-column" / "quiz.toml"
QUESTIONS = {q.id: q for quiz in read_bank(BANK) for q in quiz.questions}

RIGHT = {
    "why-three-steps": ["no-value-yet"],
    "forgotten-update": ["refused"],
    "third-step-fails": ["as-before"],
    "order-of-down": ["reverse-order"],
    "what-set-not-null-checks": ["no-null"],
    "four-words": ["ledger", "plan", "shadow", "down"],
    "from-idea-to-ledger": ["write", "rehearse", "review", "run", "track"],
    "default-on-old-rows": ["free"],
    "emails-after-down-and-up": ["0"],
    "fill-the-stock": ["UPDATE products\nSET stock = 0"],
    "handles-that-are-null": ["34"],
    "what-drop-column-takes": ["values", "rule"],
}
WRONG = {
    "four-words": ["ledger", "backup", "down", "shadow"],
    "from-idea-to-ledger": ["write", "run", "edit"],
    "default-on-old-rows": ["nulls"],
    "emails-after-down-and-up": ["3"],
    "fill-the-stock": ["DELETE FROM products"],
    "handles-that-are-null": ["59"],
    "what-drop-column-takes": ["values", "rows"],
}
SLOW = 60_000
_WHERE = """target => {
  const here = document.activeElement;
  if (here === target) return 0;
  return here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""


def lone_bank(folder: Path) -> Path:
    """The bank copied to where no other lesson lies beside it, so that no question comes back."""
    return Path(shutil.copy(BANK, folder))


def part(view: Page | Locator, question_id: str) -> Locator:
    """The question's group on the page."""
    question = QUESTIONS[question_id]
    words = question.stem.replace("`", "")
    return view.locator("fieldset.updown-quiz-question", has_text=words)


def by_mouse(page: Page, here: Locator, question_id: str, given: Sequence[str]) -> None:
    """Give an answer with clicks, and with keys only where something is to be typed."""
    question = QUESTIONS[question_id]
    match question.kind:
        case "one-choice" | "several-choices" | "predict":
            for box in here.locator("input").all():
                is_radio = box.get_attribute("type") == "radio"
                wanted = box.get_attribute("value") in given
                if wanted != box.is_checked() and (wanted or not is_radio):
                    box.click()
        case "match":
            for place, one in enumerate(given):
                here.locator(".updown-quiz-pair select").nth(place).select_option(one)
        case "order":
            while here.get_by_role("button", name="Take out").count():
                here.get_by_role("button", name="Take out").first.click()
            for one in given:
                _step(here, question, one, "Put in").click()
        case _:
            here.locator(".updown-quiz-field").fill(given[0])
    here.get_by_role("button", name="Answer").click()


def by_keyboard(page: Page, here: Locator, question_id: str, given: Sequence[str]) -> None:
    """Give an answer with keys alone, from wherever the focus is."""
    question, press = QUESTIONS[question_id], page.keyboard.press
    match question.kind:
        case "one-choice" | "predict":
            go_to(page, here.locator("input:checked").or_(here.locator("input")).first)
            press("Space")
            for _ in question.draw((), False)["parts"]:
                if not here.locator(f"input[value={given[0]}]").is_checked():
                    press("ArrowDown")
            expect(here.locator(f"input[value={given[0]}]")).to_be_checked()
        case "several-choices":
            for box in here.locator("input").all():
                if box.is_checked() != (box.get_attribute("value") in given):
                    go_to(page, box)
                    press("Space")
        case "match":
            for place, one in enumerate(given):
                select = here.locator(".updown-quiz-pair select").nth(place)
                go_to(page, select)
                press("Home")
                for _ in range(10):
                    if select.input_value() != one:
                        press("ArrowDown")
                expect(select).to_have_value(one)
        case "order":
            while here.get_by_role("button", name="Take out").count():
                go_to(page, here.get_by_role("button", name="Take out").first)
                press("Enter")
            # Put in the wrong way round, then moved: every button is used.
            for one in [*given[1:2], *given[:1], *given[2:]]:
                go_to(page, _step(here, question, one, "Put in"))
                press("Space")
            go_to(page, _step(here, question, given[0], "Up"))
            press("Enter")
            expect(_step(here, question, given[0], "Up")).to_be_focused()
        case _:
            go_to(page, here.locator(".updown-quiz-field"))
            press("ControlOrMeta+A")
            press("Backspace")
            page.keyboard.type(given[0])
    go_to(page, here.get_by_role("button", name="Answer"))
    press("Enter")


def go_to(page: Page, target: Locator) -> None:
    """Tab, or Shift+Tab, until the target has the focus."""
    expect(target).to_have_count(1)
    for _ in range(120):
        way = target.evaluate(_WHERE)
        if way == 0:
            return
        page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
    raise AssertionError(f"Tab does not lead to {target}")


def _step(here: Locator, question: Question, step: str, button: str) -> Locator:
    text = next(p["text"] for p in question.draw((), False)["parts"] if p["id"] == step)
    return here.get_by_role("button", name=f"{button}: {text}", exact=True)
