"""Realistic faults, planted into copies of the seeds one at a time, to see which check catches them.

``kinds`` is the register of faults, ``harness`` plants, builds and records them, ``report`` tells what came
of it; ``python -m scripts.proofs.planted_faults`` (``make planted-faults``) runs them all.
"""
