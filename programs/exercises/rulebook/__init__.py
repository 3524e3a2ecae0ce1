"""The rules as a practice reads them: found, explained, signed by a physiotherapist or doubted."""
