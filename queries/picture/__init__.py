"""The whole graph, ready to be drawn."""
