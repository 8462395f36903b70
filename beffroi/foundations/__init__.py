"""What every floor stands on: places, people, organisations, media, audit, look."""
