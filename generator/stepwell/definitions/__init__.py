"""What editors write, as typed definitions: references unresolved, every value located."""
