"""The programme itself: its towns, agreements and support."""
