"""`dateutil.parser`: ISO dates and a few free forms."""

import datetime as dt


class ParserError(ValueError):
    """The text is no date."""


_FORMS = ("%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y",
          "%B %d %Y", "%b %d %Y", "%Y/%m/%d %H:%M:%S", "%m/%d/%Y %H:%M", "%Y%m%dT%H%M%S")


def parse(timestr, parserinfo=None, **_options):
    """A datetime; without a zone in the text it has none."""
    text = timestr.strip()
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            continue
    raise ParserError(f"Unknown string format: {timestr}")


isoparse = parse
