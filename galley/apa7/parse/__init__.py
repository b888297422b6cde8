"""References typed by hand, read back into entries: the recipes of APA 7 chapters 9-11 read backwards."""
