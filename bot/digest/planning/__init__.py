"""What to expect before anybody is asked: from few numbers to a plan.

It must never promise: all of it is what made-up years came to.
"""
