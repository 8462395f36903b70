"""Public pages: the frozen reports, the figures of any day, and the rows behind each."""
