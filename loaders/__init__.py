"""From annotated articles and registers to a published graph: read, checked, resolved, written, built."""

__all__: list[str] = []  # the packages below are imported one by one: a date needs no build
