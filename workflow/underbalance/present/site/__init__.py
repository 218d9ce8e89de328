"""The report: pages in one frame, which open from disk and load nothing from elsewhere."""
