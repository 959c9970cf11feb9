"""Tests in a real browser, against the book as built and against pages of examples."""
