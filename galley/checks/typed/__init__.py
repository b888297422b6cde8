"""What is to be said of a typescript whose citations are linked: one room a kind of fault."""
