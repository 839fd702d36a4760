"""The spine: immutable events without foreign keys, sealed daily by a hash chain."""
