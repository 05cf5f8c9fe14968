"""The session side: imports DAG files, describes what they define and tries their callables."""
