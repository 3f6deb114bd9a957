"""What the service and its dataset say about themselves: Service Description, VoID and DCAT.

The texts are Turtle, the figures are counted by the queries in ``counting/``, each of which
constructs what it has counted.
"""
