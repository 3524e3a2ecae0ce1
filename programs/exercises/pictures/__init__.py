"""Pictures of exercises: drawings by the project, photos by the practice."""
