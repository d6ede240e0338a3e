"""What a worker answers: functions of a store."""
