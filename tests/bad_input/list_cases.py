"""Mistakes in the lists of config/: allies, sources, codebook, rivals, families, expectations."""

from bad_input.case import Case
from bad_input.damage import (
    Damage,
    becomes,
    cell,
    cut_mid_line,
    encoded,
    every,
    half_merged,
    header_only,
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


def listed(file: str, name: str, damage: Damage, *told: str, **how: str) -> Case:
    return Case(name, f"config/{file}.csv", damage, told, **how)


ALLIES = [
    listed("allies", "empty", becomes(b""), "an empty file"),
    listed(
        "allies",
        "header only",
        header_only,
        "every ally of a facts table must be listed",
        whole="facts",
    ),
    listed("allies", "cut in a line", cut_mid_line, "as many cells as the header"),
    listed("allies", "in UTF-16", encoded("utf-16"), "UTF-16"),
    listed("allies", "with a byte order mark", with_mark, end="same"),
    listed("allies", "with line ends of Windows", with_line_ends(b"\r\n"), end="same"),
    listed("allies", "between semicolons", separated_by(";"), "semicolons"),
    listed("allies", "marks of a merge", half_merged, "marks of a merge"),
    listed("allies", "a lower-case code", replaced("\nJPN,", "\njpn,"), "capital letters", "jpn"),
    listed("allies", "a code of two letters", replaced("\nJPN,", "\nJP,"), "capital letters", "JP"),
    listed("allies", "an ally twice", line_twice, "must be unique", "ALB"),
    listed(
        "allies",
        "an ally lost",
        line_lost("JPN,"),
        "ally JPN",
        "milex.csv",
        "restore its line",
        whole="facts",
    ),
    listed("allies", "an unknown region", replaced("asia_pacific", "asia"), "known code", "asia"),
    listed("allies", "two columns exchanged", swapped("name", "iso3"), "capital letters", "Japan"),
    listed("allies", "a blank after a name", replaced("Japan", "Japan "), "end with a blank"),
    listed(
        "allies",
        "a day of independence that is none",
        every("independent_since", lambda day: day and day[:8] + "32"),
        "date that exists",
    ),
    listed("rivals", "a state twice", line_twice, "must be unique", "AFG"),
    listed(
        "rivals",
        "a code of another state",
        cell("cow_code", "740"),
        "a Correlates of War code of its own",
        whole="lists",
    ),
    listed(
        "rivals", "a rival lost", line_lost("PRK,"), "state PRK", "restore its line", whole="facts"
    ),
    listed("rivals", "a column renamed", renamed("role", "kind"), "column role"),
]
REGISTRY = [
    listed(
        "sources",
        "a wrong hash",
        cell("sha256", "0" * 64),
        "agreements.csv",
        "not the shipped table",
        end="noted",
        whole="facts",
    ),
    listed("sources", "a hash cut short", cell("sha256", "0" * 63), "64 hexadecimal digits"),
    listed(
        "sources",
        "a last year forgotten",
        replaced(",1988,2024,", ",1988,2023,"),
        "config/sources.csv",
        "table milex",
        "last_year must be the last year",
        "2023",
        whole="facts",
    ),
    listed(
        "sources",
        "a year too many",
        replaced("obligation,1985,2019", "obligation,1985,2020"),
        "table us_aid",
        "last_year must be the last year",
        "2020",
        whole="facts",
    ),
    listed(
        "sources",
        "a year too many of events",
        replaced("agreement,1985,2010", "agreement,1985,2012"),
        "table agreements",
        "last_year must be the last year",
        whole="facts",
    ),
    listed(
        "sources",
        "an ally forgotten",
        replaced(",1985,2019,LUX,", ",1985,2019,LUX;JPN,"),
        "data/raw/us_aid.csv",
        "coverage of the source",
        "JPN",
        whole="facts",
    ),
    listed(
        "sources",
        "a year within forgotten",
        replaced(",1985,2019,LUX,,", ",1985,2019,LUX,,1999"),
        "data/raw/us_aid.csv",
        "coverage of the source",
        "1999",
        whole="facts",
    ),
    listed(
        "sources",
        "a table forgotten",
        line_lost("milex,"),
        "table milex",
        "must be registered",
        whole="facts",
    ),
    listed(
        "sources",
        "years turned round",
        replaced(",1985,2019,LUX", ",2019,1985,LUX"),
        "last_year must not be before first_year",
    ),
    listed(
        "sources",
        "years with blanks",
        replaced("2017;2018;2020;2021", "2017; 2018"),
        "list of years",
        "without spaces",
    ),
    listed("sources", "a column lost", without("licence"), "column licence"),
]
OTHERS = [
    listed(
        "codebook",
        "a variable lost",
        line_lost("ally_year,enpp,"),
        "config/codebook.csv",
        "enpp",
        whole="lists",
    ),
    listed("codebook", "a variable twice", line_twice, "must be unique", "ally_year"),
    listed("codebook", "a formula", cell("label", "=1+1"), "like the formula of a spreadsheet"),
    listed("codebook", "a column more", with_column("remark"), "column remark"),
    listed(
        "expectations",
        "years turned round",
        replaced("2007-2012", "2012-2007"),
        "must not be reversed",
        "2012-2007",
        whole="lists",
    ),
    listed(
        "expectations", "an unknown ally", cell("iso3", "JPX"), "unknown ally", "JPX", whole="lists"
    ),
    listed(
        "expectations", "years between commas", cell("years", "1993-1994, 1998"), "list of years"
    ),
    listed(
        "expectations",
        "an unknown variable",
        cell("obstacle", "../political"),
        "unknown variable",
        "../political",
        whole="lists",
    ),
    listed(
        "system_families",
        "a pattern that is none",
        cell("deals_pattern", "^F-35("),
        "regular expression",
        "^F-35(",
    ),
    listed(
        "system_families",
        "a pattern for everything",
        cell("deals_pattern", "."),
        "in one family at most",
        whole="facts",
    ),
    listed(
        "system_families",
        "a family lost",
        line_lost("patriot,"),
        "every family",
        "patriot",
        whole="facts",
    ),
    listed("system_families", "a path for a family", cell("family", "../f_35"), "short name"),
]
CATALOGUE = [*ALLIES, *REGISTRY, *OTHERS]
