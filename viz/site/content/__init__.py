"""What the pages tell, before any page."""
