"""Matching the names of a researcher's table to entities, for OpenRefine and its like.

Two interfaces over one matcher: the Entity Reconciliation API 0.2 (W3C Community Group, final
report of 2023-04-10) at ``/reconcile``, and its 1.0 draft at ``/reconcile/1.0``.
"""
