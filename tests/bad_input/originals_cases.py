"""Mistakes in original releases, which parsers make facts tables of."""

from dataclasses import dataclass

from bad_input.damage import (
    LFS_POINTER,
    WEB_PAGE,
    ZIP,
    Damage,
    appended,
    becomes,
    cell,
    cut_mid_line,
    encoded,
    every,
    header_only,
    line_twice,
    renamed,
    separated_by,
    swapped,
    with_column,
    with_line_ends,
    with_mark,
    without,
)

NMC = "cow_nmc/cow_nmc_v7_1945_2022.csv"
# rows in the form of the Correlates of War project, for where no release is at hand
EXCERPT = b"""ccode,year,milex,milper,irst,pec,tpop,upop,cinc
740,1997,40000000,236,1,1,1,1,0.054
740,1998,36990000,243,1,1,1,1,0.05
731,1998,2000000,1100,1,1,1,1,0.01
365,1998,54000000,1200,1,1,1,1,0.06
"""


@dataclass(frozen=True)
class Release:
    """A mistake in a release: of which table and file, what was done, what the user is told."""

    name: str
    table: str
    file: str
    damage: Damage
    told: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"


def excerpt(name: str, damage: Damage, *told: str) -> Release:
    return Release(name, "capabilities", NMC, damage, told)


# always: these need no release. Those of which nothing is told give the same table.
ALWAYS = [
    excerpt("empty", becomes(b""), "comma-separated table"),
    excerpt("header only", header_only, "a facts table must have rows"),
    excerpt("cut in a line", cut_mid_line, "the last line ends after 1 of 9 cells"),
    excerpt("a web page", becomes(WEB_PAGE), "this column", "ccode"),
    excerpt("a pointer of Git LFS", becomes(LFS_POINTER), "this column", "ccode"),
    excerpt("a ZIP archive", becomes(ZIP), "comma-separated table"),
    excerpt("in UTF-16", encoded("utf-16"), "comma-separated table in utf-8"),
    excerpt("with a byte order mark", with_mark),
    excerpt("with line ends of Windows", with_line_ends(b"\r\n")),
    excerpt("a column more", with_column("version", "7")),
    excerpt("between semicolons", separated_by(";"), "this column", "ccode"),
    excerpt("between tabs", separated_by("\t"), "this column", "ccode"),
    excerpt("a column renamed", renamed("milper", "personnel"), "column milper", "renamed"),
    excerpt("a column lost", without("cinc"), "column cinc", "not in the header"),
    excerpt("a header cell twice", renamed("tpop", "milex"), "column milex", "twice"),
    excerpt("two columns exchanged", swapped("cinc", "milper"), "cinc: must be at most 1"),
    excerpt("states and years exchanged", swapped("ccode", "year"), "must have rows"),
    excerpt("thousands separators", cell("milex", "36,990,000"), "kind that its parser knows"),
    excerpt("decimal commas", every("cinc", lambda x: x.replace(".", ",")), "parser knows"),
    excerpt("two points for no value", cell("milex", ".."), "parser knows", ".."),
    excerpt("infinite", cell("cinc", "inf"), "cinc: must be at most 1"),
    excerpt("a number beyond all bounds", cell("milex", "1e400"), "must be at most"),
    excerpt("a negative count", cell("milper", "-3"), "must be at least 0"),
    excerpt("a line twice", line_twice, "must be unique", "JPN, 1997"),
    excerpt("a line too long", appended("740,1999,1,1,1,1,1,1,0.05,7\n"), "as many cells"),
    excerpt("a quote left open", appended('"740,1999,1,1,1,1,1,1,0.05\n'), "comma-separated"),
    excerpt("a year of another century", cell("year", "2098"), "year must lie in the coverage"),
]
# where ../shared/sources is there
SHIPPED = [
    Release(
        "cut in a line",
        "us_aid",
        "us_greenbook_military_aid/greenbook_military_1980_2019.csv",
        cut_mid_line,
        ("ends after",),
    ),
    Release(
        "a column lost",
        "us_troops",
        "us_troop_deployments/troopdata_rebuild_long_1980_2025.csv",
        without("year"),
        ("column year",),
    ),
    Release(
        "an empty file",
        "ratification",
        "simmons_ratification_rules/BSrat.csv",
        becomes(b""),
        ("BSrat.csv",),
    ),
    Release(
        "American dates",
        "notifications",
        "dsca_notifications/notifications_2004_2026.csv",
        every("date", lambda day: f"{day[5:7]}/{day[8:10]}/{day[:4]}"),
        ("kind that its parser knows", "ValueError"),
    ),
    Release(
        "a text for a code",
        "legal_constraints",
        "coding/legal_constraints_a.csv",
        cell("value", "two"),
        ("value must be readable", "'two'"),
    ),
    Release(
        "a claim twice", "seed_claims", "coding/seed_claims.csv", line_twice, ("must be unique",)
    ),
    Release(
        "a column renamed",
        "missile_defence_events",
        "coding/missile_defence_events_europe.csv",
        renamed("stage", "step"),
        ("column stage",),
    ),
]
