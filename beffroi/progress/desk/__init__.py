"""The desk’s pages of reports, from their preparation to the public."""
