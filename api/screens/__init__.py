"""The screens of the front end: pages that the scripts of ``web/`` make live."""
