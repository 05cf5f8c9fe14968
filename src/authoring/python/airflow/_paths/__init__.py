"""Import paths: which modules and names exist in the version, and what they lead to."""
