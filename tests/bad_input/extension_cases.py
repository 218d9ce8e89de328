"""Mistakes in the list of rivals of an extension: Egypt with Ethiopia and Qatar."""

from bad_input.case import Case
from bad_input.damage import (
    Damage,
    appended,
    becomes,
    cell,
    cut_mid_line,
    encoded,
    half_merged,
    line_lost,
    line_twice,
    renamed,
    replaced,
    separated_by,
    swapped,
    with_column,
    with_line_ends,
    with_mark,
    without,
)

FILE = "data/raw/extensions/EGY/rivals.csv"


def rivals(name: str, damage: Damage, *told: str, **how: str) -> Case:
    return Case(f"of Egypt, {name}", FILE, damage, told, **how)


CATALOGUE = [
    rivals("with a byte order mark", with_mark, end="same"),
    rivals("with line ends of Windows", with_line_ends(b"\r\n"), end="same"),
    rivals("a comment at its end", appended("# seen in the source\n"), end="same"),
    rivals("cut in a line", cut_mid_line, "as many cells as the header"),
    rivals("in UTF-16", encoded("utf-16"), "UTF-16"),
    rivals("between semicolons", separated_by(";"), "semicolons"),
    rivals("marks of a merge", half_merged, "marks of a merge"),
    rivals("a column renamed", renamed("cow_code", "ccode"), "column cow_code"),
    rivals("a column lost", without("role"), "column role"),
    rivals("a column more", with_column("remark"), "column remark"),
    rivals("two columns exchanged", swapped("iso3", "name"), "capital letters", "Ethiopia"),
    rivals("a lower-case code", replaced("ETH,", "eth,"), "capital letters", "eth"),
    rivals("a state twice", line_twice, "must be unique", "ETH"),
    rivals("a number that is none", cell("cow_code", "53O"), "53O"),
    rivals("a formula", replaced("Qatar", "=1+1"), "like the formula of a spreadsheet"),
    rivals("an unknown role", cell("role", "enemy"), "known code", "enemy"),
    rivals("a rival of the USA", cell("role", "adversary"), "rival of the USA", "adversary"),
    rivals("a listed ally", appended("TUR,Turkey,640,rival\n"), "listed again", "TUR"),
    rivals("a listed rival", appended("LBY,Libya,620,rival\n"), "listed again", "LBY"),
    rivals("the ally itself", appended("EGY,Egypt,651,rival\n"), "listed again", "EGY"),
    rivals("the number of an ally", cell("cow_code", "640"), "640, the code of TUR"),
    rivals("the number of a rival", cell("cow_code", "620"), "620, the code of LBY"),
    rivals("the number of West Germany", cell("cow_code", "260"), "260, the code of DEU"),
    rivals("the number of the ally", cell("cow_code", "651"), "651, the code of EGY"),
    rivals("a number twice", cell("cow_code", "694"), "694, twice"),
    rivals("a rival lost", line_lost("QAT,"), "listed ally or rival", "QAT"),
    rivals("no row left", becomes(b"iso3,name,cow_code,role\n"), "listed ally or rival", "QAT"),
    rivals("a code mistyped", replaced("QAT,", "QTA,"), "named by a row of rivalries", "QTA"),
    rivals(
        "a state that nothing names",
        appended("SOM,Somalia,520,rival\n"),
        "named by a row of rivalries",
        "SOM",
    ),
    rivals(
        "an opponent without a dispute",
        cell("role", "opponent"),
        "named by a row of disputes",
        "ETH",
    ),
]
