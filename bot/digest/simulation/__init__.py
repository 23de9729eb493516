"""Made-up clients and the openings of their answers, by the bot's own rules.

What `polsslag plan` foretells and what the bar of the digest is measured with. It must
never draw anything itself: chance comes from whoever calls.
"""
