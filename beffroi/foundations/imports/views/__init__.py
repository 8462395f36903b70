"""The pages of the desk: imports, and the correction queue."""
