"""Artefacts: what programs and people read of a lowered template, without loading it again."""
