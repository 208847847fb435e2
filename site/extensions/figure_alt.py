"""Let code say what its figure shows: alt text from the metadata of an output reaches the page.

    display(data, metadata={"image/png": {"alt": "Loss of three models ..."}}, raw=True)

A text made from the same values as the picture is as new as the picture. It goes before the cell's own
`mystnb: {image: {alt: ...}}`, which cannot know what a run measured.
"""

from functools import wraps

from myst_nb.core.render import NbElementRenderer


def told_by_output(render):
    @wraps(render)
    def render_image(self, data):
        images = render(self, data)
        alt = data.output_metadata.get(data.mime_type, {}).get("alt")
        for image in images:
            if alt:
                image["alt"] = str(alt)
        return images

    return render_image


def setup(app):
    """Wrap myst-nb's method, once: it reads only width and height from an output."""
    if not hasattr(NbElementRenderer.render_image, "__wrapped__"):
        NbElementRenderer.render_image = told_by_output(NbElementRenderer.render_image)
    return {"parallel_read_safe": True}
