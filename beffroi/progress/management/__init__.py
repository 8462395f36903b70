"""Commands of the point d’avancement."""
