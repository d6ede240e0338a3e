"""From a corpus to a published version, or to a report of its problems."""
