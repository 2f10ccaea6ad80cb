"""One comparison for a reader: as an HTML page (`page.render_html`) and in the terminal (`terminal`)."""
