"""Every kind of page, by a name: what screenshots, axe and the console look at."""

from urllib.parse import quote

MANGA = "2023-jing73-minzhong-3802"

KINDS: dict[str, str] = {
    "home": "/",
    "search": "/search?q=" + quote("平台"),
    "filtered": "/search?q=" + quote("平台") + "&court=bjipc&field=platform-economy",
    "all": "/search",
    "phrase": "/search?q=" + quote('"模型结构和参数"'),
    "nothing": "/search?q=zzzzzz",
    "unreadable": "/search?q=" + quote('"模型'),
    "ruling": f"/rulings/{MANGA}",
    "marked": f"/rulings/{MANGA}?q=" + quote("模型"),
    "original": f"/rulings/{MANGA}?view=original",
    "both": f"/rulings/{MANGA}?view=both",
    "translation": f"/rulings/{MANGA}?view=translation",
    "cite-forms": f"/rulings/{MANGA}/cite?p=p1",
    "cite-none": "/cite/" + quote("（2023）京73民终3803号"),
    "collections": "/collections",
    "collection": "/collections/bipc-landmark-2026-04-21",
    "statute": "/statutes/anti-monopoly-law",
    "article": "/statutes/anti-monopoly-law/17",
    "field": "/fields/ai",
    "team": "/teams/digital-data",
    "court": "/courts/bjipc",
    "briefs": "/briefs",
    "about": "/about",
    "help": "/help",
    "list": "/list",
    "components": "/help/components",
    "error": "/rulings/nope",
}
"""Address of each kind."""
