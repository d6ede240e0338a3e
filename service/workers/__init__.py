"""The processes that answer, and who gets one when."""
