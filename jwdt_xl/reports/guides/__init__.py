"""A guide as a Word document for those who work by it. What it says comes from the guide's declarations (`said`); begin at `document`."""
