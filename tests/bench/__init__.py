"""The budgets of the course, measured beside their peers in one run: `python -m tests.bench`."""
