"""Writing a plan: typed drafts, what is wrong with one, templates, differences, who is covered."""
