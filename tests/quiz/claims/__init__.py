"""What the quizzes say about DuckDB and the engine: a module for each lesson, `lesson_NN.py`.

Its `CLAIMS` gives for each option, by question and option, a function that does what the
explanation speaks of and asserts what came. `test_claims.py` runs them.
"""
