"""Word files as their authors saved them: paragraphs, notes, tracked changes, and what reference managers left."""
