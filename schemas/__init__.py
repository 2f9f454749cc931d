"""The language as data: JSON Schemas with their layer policy, message catalogues and the starter workspace."""
