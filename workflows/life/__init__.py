"""The life of a record, pure: which ways are open and why not, one step, cases, and a clone's record in its base."""
