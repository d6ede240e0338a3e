"""The pages, a section each."""
