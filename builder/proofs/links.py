"""What is read through a link, as a name of its own: any value of its type, or none, whatever else the record holds."""

from __future__ import annotations

from dataclasses import replace
from operator import is_

from builder.expressions import BOOLEAN, Node, Symbol


def freed(tree: Node, names: dict[str, Symbol]) -> Node:
    """The tree with `customer.level` as the name `customer.level`, which is noted; what a quantifier walks over stays.

    Two links to one record may then differ in what they find there: that claims more records than there are, so what no
    record at all can do is still never told of one that can.
    """
    args = tuple([freed(arg, names) for arg in tree.args])
    if tree.kind != "linked" or args[0].kind != "field":
        same = all(map(is_, args, tree.args))
        return tree if same else replace(tree, args=args)
    (link,) = args
    _, part = tree.value if isinstance(tree.value, tuple) else ("", "")
    name = f"{link.value}.{part}"
    names.setdefault(name, Symbol(tree.type, visible=Node("given", BOOLEAN, (link,), present=True)))
    return Node("field", tree.type, (), name, tree.span)


def without_links(symbol: Symbol, names: dict[str, Symbol]) -> Symbol:
    """A symbol whose own conditions have none."""
    if not symbol.present_if and symbol.visible is None:
        return symbol
    return replace(
        symbol,
        present_if=tuple(freed(tree, names) for tree in symbol.present_if),
        visible=freed(symbol.visible, names) if symbol.visible is not None else None,
    )
