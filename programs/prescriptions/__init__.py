"""The program, and what it freezes into: prescription, sheet, handout."""
