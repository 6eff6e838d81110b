"""From the notebooks to the site: extensions of Sphinx, and what is made of the built book."""
