"""A whole issue at once: articles set side by side in processes or on a cluster, kept by content, bound into one."""
