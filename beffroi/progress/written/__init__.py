"""The report as it is written: one model, `report.Report`, and as many forms as are needed."""
