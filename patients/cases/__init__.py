"""Opening, reading, editing and closing a case, and its history."""
