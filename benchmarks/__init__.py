"""What Formwright costs beside a hand-written app of the same form: ratios of one run, reported, never asserted."""
