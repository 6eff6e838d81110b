"""The charts of the book, each an answer to one question; drawing only, counting is elsewhere."""
