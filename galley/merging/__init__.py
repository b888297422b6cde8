"""A Word file that came back, merged into the Markdown it was made from as suggestions and comments."""
