"""Views over the models: what a learner sees and touches in a notebook."""

from course_lib.widgets.quiz import QuizWidget, show_quiz
from course_lib.widgets.timeline import TimelineWidget, show_timeline

__all__ = ["QuizWidget", "TimelineWidget", "show_quiz", "show_timeline"]
