"""Views over the models: what a learner sees and touches in a notebook."""

from course_lib.widgets.quiz import QuizWidget, show_quiz

__all__ = ["QuizWidget", "show_quiz"]
