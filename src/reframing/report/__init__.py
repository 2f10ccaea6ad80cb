"""One comparison for a reader: as a page (`page.render_html`) and in the terminal (`terminal`)."""
