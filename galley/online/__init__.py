"""What needs the network: fetching entries, and confirming those that are there. Nothing else in Galley asks for it."""
