"""Right and wrong answers to the drafts, written before the check had seen them."""
