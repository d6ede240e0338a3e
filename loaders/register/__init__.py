"""The register: entities, measures and units that articles name."""
