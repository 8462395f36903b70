"""What machines read: the open data and its catalogue, and the API that answers questions."""
