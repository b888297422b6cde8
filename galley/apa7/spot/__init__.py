"""Citations typed by hand, found in prose: the rules of APA 7 §8.10-8.22 read backwards."""
