"""The attacks of docs/anonymity.md, for whoever does not take our word for it.

Everything here only reads. It takes nothing from the parts that it audits but the way
a key file and a row's name are made, which is needed to attack them.
"""
