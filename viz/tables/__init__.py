"""Answers as tables: terminal, CSV, spreadsheet."""
