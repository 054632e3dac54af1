"""Many enterprises as numbers: ranks, the group, the industry, what ranks owe to weights and choices."""
