"""Something is wrong: the warning signs, and what to do now."""
