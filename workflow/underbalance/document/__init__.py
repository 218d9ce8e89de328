"""What is written about the data from the registry, the codebook and the schemas."""
