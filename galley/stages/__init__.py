"""The stages: functions from a Document to a Document; they fill in facts and leave judging to the checks."""
