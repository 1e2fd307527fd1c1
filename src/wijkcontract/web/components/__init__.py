"""How the product looks: style sheets, icons, page frames, template components and form rendering (docs/components.md)."""
