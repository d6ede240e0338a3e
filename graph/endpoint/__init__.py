"""The graph at a SPARQL endpoint of others."""
