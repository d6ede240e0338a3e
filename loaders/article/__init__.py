"""The article format `*.kg.md`, read and laid out."""
