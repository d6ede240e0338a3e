"""Named questions and free SPARQL."""
