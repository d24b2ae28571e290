"""Compare the sites that this code makes with those of an earlier commit: ``make golden``."""
