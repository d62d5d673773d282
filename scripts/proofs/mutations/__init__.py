"""Realistic slips in code, made in a copy of the project one at a time, to see which check stops each.

``slips.yml`` is the register of slips, ``slips`` draws from it, ``checks`` are the checks in their order,
``harness`` makes a slip, runs them and records the first that stops it, ``report`` tells what came of it;
``python -m scripts.proofs.mutations`` (``make mutations``) runs them all.
"""
