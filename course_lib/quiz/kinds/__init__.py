"""The kinds of question, a file for each: what it holds, how it is judged, what may be seen."""
