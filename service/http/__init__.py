"""From a request to a job, and from a reply to an answer."""
