"""Towns and territories, as everybody reads them."""
