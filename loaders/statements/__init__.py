"""From lines to statements, and from statements to N-Quads."""
