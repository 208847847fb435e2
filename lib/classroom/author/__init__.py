"""The author's side: source notebooks, what students get of them, and checks before handing in."""
