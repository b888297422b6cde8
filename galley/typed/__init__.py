"""Typed manuscripts: a typescript in, its parts named, its references read, its citations linked to them."""
