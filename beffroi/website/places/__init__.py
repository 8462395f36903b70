"""Public pages of places: what the programme did with each town, and in each territory."""
