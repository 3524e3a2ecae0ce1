"""Requests that nobody means well with, made up by hypothesis for every address of the site."""
