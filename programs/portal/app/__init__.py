"""The patient's pages as an app: manifest, service worker, what a phone keeps."""
