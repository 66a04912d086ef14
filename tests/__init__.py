"""The tests: one folder a room, plus `delivery` and `journeys`."""
