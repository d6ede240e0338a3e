"""The dependency network and its measures."""
