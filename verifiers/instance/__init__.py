"""A Claim and its declarations become concrete instances: one scalar graph for all number rings."""
