"""The packages of Node that tests use, installed from their lock file at first use."""
