"""The models of the Kubernetes client, for executor_config; the rest of the library stands in."""
