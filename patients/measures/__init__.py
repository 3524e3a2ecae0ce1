"""What is measured at a visit, and whether it changed by as much as matters."""
