"""The register as officers use it: sheets, campaigns, alerts, handovers."""
