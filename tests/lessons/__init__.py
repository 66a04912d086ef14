"""The lessons themselves: what holds for each of them, and what each one shows."""
