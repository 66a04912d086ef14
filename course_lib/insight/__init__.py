"""What a class has not understood: counted from what grading left and what learners handed in."""
