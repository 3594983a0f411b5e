"""What there is to publish, and what of it is stale."""
