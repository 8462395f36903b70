"""The open data: datasets, schemas, catalogue."""
