"""What the site hands over on paper: the words and rows of its pages as one paper, drawn as Word or PDF by reporting."""
