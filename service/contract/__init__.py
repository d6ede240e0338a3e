"""What all parts of the service agree upon."""
