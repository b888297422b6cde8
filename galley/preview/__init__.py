"""The preview wing: an article served to a browser on this machine, set again with every save."""
