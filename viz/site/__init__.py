"""The site: everything as pages."""
