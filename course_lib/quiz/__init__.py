"""Quizzes without a page: bank, model, record, text."""

from course_lib.quiz.bank import BankError, BankProblem, parse_bank, read_bank, read_quiz
from course_lib.quiz.model import Answer, OneChoice, Option, Quiz, Score, State, UnknownPick
from course_lib.quiz.page import Page, page_of
from course_lib.quiz.record import Record, append_answer, read_record, record_path
from course_lib.quiz.text import page_to_html, page_to_text

__all__ = [
    "Answer",
    "BankError",
    "BankProblem",
    "OneChoice",
    "Option",
    "Page",
    "Quiz",
    "Record",
    "Score",
    "State",
    "UnknownPick",
    "append_answer",
    "page_of",
    "page_to_html",
    "page_to_text",
    "parse_bank",
    "read_bank",
    "read_quiz",
    "read_record",
    "record_path",
]
