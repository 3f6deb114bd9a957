"""Datasets against the shapes of the ontology: the findings of pySHACL, at the size of datasets.

The shapes are the ones in ``ontology/shapes``, read through pySHACL; a shape that says more than is
known here is refused by name. A chunk of N-Quads becomes columns of numbers, a shape is evaluated
on all its focus nodes at once, and what depends on the value of a literal is asked of pySHACL's own
constraint components, once for each distinct value. So only counting, comparing and following is
done anew; ``tests/bulk_validation`` holds the findings against pySHACL's, one by one.

Measured on 10,000 made-up rows of 85 triples, closed over the ontology, in seconds of one core
(Python 3.11, pyoxigraph 0.5.13, pySHACL 0.40.1, a machine of two cores):

- columns of numbers, as here: 0.8, of which 0.7 go into reading the text and 0.05 into the shapes;
- the shapes as Python functions over terms grouped by subject: 2.1 for parsing and grouping alone;
- the shapes as SPARQL over Oxigraph: 3.7 to 7.8 µs a focus node for each of six constraints, which
  for the 2.2 million pairs of focus node and constraint in these rows comes to 13.6;
- reading by polars rather than by a dictionary: 0.56 on both cores, against 0.54 on one;
- pySHACL: 75 (from 300 rows).

The 418,000 rows of ``benchmarks/synthetic_ged.py`` are 12.4 million triples in 42 chunks of 10,000
rows, with 1.85 million in the context: 29 seconds of one core in all, of which 2 read the context
and 3 validate it. The load has one process validate what another writes: that is four times as much
work, so that more than one would wait.
"""

from graph.bulk_validation.borders import Border, refuse_crossed
from graph.bulk_validation.chunks import BulkValidator, Chunks, Validated, validate_chunks

__all__ = ["Border", "BulkValidator", "Chunks", "Validated", "refuse_crossed", "validate_chunks"]
