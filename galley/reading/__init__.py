"""The reading wing: from the disk to a Document. A fault of the author is a value in the result, never raised."""
