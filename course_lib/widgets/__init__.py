"""Views over the models: what a learner sees and touches in a notebook."""

from course_lib.widgets.quiz import QuizWidget, show_quiz
from course_lib.widgets.stage import StageWidget, show_stage
from course_lib.widgets.timeline import TimelineWidget, show_timeline

__all__ = [
    "QuizWidget",
    "StageWidget",
    "TimelineWidget",
    "show_quiz",
    "show_stage",
    "show_timeline",
]
