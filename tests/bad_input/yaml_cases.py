"""Mistakes in the YAML files of config/."""

from bad_input.case import Case
from bad_input.damage import (
    LFS_POINTER,
    WEB_PAGE,
    ZIP,
    appended,
    becomes,
    encoded,
    half_merged,
    replaced,
    with_line_ends,
    with_mark,
)

CONFIG, GROUPS = "config/config.yaml", "config/groups.yaml"
CODINGS, MODELS = "config/codings.yaml", "config/models.yaml"
CASES, STYLES = "config/cases.yaml", "config/styles.yaml"

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)


def setting(name: str, old: str, new: str) -> dict:
    return {"file": CONFIG, "damage": replaced(f"\n{name}: {old}", f"\n{name}: {new}")}


FORM = [
    Case("empty", CONFIG, becomes(b""), ["names with values", "NoneType"]),
    Case("a list instead of names", CONFIG, becomes(b"- core\n"), ["names with values", "list"]),
    Case("in UTF-16", CONFIG, encoded("utf-16"), ["a YAML file", "UTF-16"]),
    Case("in Latin-1", GROUPS, becomes("a: für".encode("latin-1")), ["a YAML file", "utf-8"]),
    Case("with a byte order mark", CONFIG, with_mark, end="same"),
    Case("with line ends of Windows", MODELS, with_line_ends(b"\r\n"), end="same"),
    Case("a web page", CONFIG, becomes(WEB_PAGE), ["a web page", "restore it"]),
    Case("a pointer of Git LFS", STYLES, becomes(LFS_POINTER), ["pointer of Git LFS"]),
    Case("a ZIP archive", CASES, becomes(ZIP), ["ZIP archive"]),
    Case("marks of a merge", GROUPS, half_merged, ["line 2", "marks of a merge", "<<<<<<< HEAD"]),
    Case("a NUL byte", CONFIG, appended("\0\n"), ["NUL byte", "line "]),
    Case("cut within a bracket", CODINGS, lambda c: c[: c.rindex(b"[") + 3], ["valid YAML"]),
    Case("a tab before a key", CONFIG, replaced("  sample:", "\tsample:"), ["tabs", "line "]),
    Case("an anchor bomb", CONFIG, becomes(BOMB.encode()), ["more than 100,000 values", "alias"]),
    Case("an alias inside itself", GROUPS, becomes(b"a: &a\n  b: *a\n"), ["stand inside"]),
    Case("nested without end", CONFIG, becomes(b"a: " + b"[" * 5000), ["nested too deeply"]),
    Case("a list for a key", CONFIG, appended("? [a, b]\n: 1\n"), ["a key must be a name"]),
    Case("a key twice", CONFIG, appended("seed: 1\n"), ["written twice", "'seed'"]),
    Case(
        "a Python object",
        CONFIG,
        replaced("style: default", "style: !!python/object/apply:os.system [ls]"),
        ["valid YAML", "python/object"],
    ),
    Case(
        "a date that is none",
        CONFIG,
        replaced("\nseed: 20120717", "\nseed: 2012-17-07"),
        ["valid YAML", "month"],
    ),
]

VALUES = [
    Case("yes for 1", told=["key seed", "True"], **setting("seed", "20120717", "yes")),
    Case("a number in quotes", told=["key seed", "'7'"], **setting("seed", "20120717", "'7'")),
    Case("an octal number", told=["key seed", "'010'"], **setting("seed", "20120717", "010")),
    Case("a clock for a number", told=["1:30"], **setting("min_clusters", "10", "1:30")),
    Case(
        "a date for a year",
        told=["first_year", "1985"],
        **setting("first_year", "1985", "1985-01-01"),
    ),
    Case("a year of two digits", told=["first_year", "85"], **setting("first_year", "1985", "85")),
    Case(
        "years out of order",
        told=["2025 and 1985"],
        **{
            "file": CONFIG,
            "damage": lambda c: replaced("\nlast_year: 2025", "\nlast_year: 1985")(
                replaced("\nfirst_year: 1985", "\nfirst_year: 2025")(c)
            ),
        },
    ),
    Case(
        "a percentage for a share",
        told=["confidence_level", "95"],
        **setting("confidence_level", "0.95", "95"),
    ),
    Case(
        "a decimal comma",
        told=["confidence_level", "0,95"],
        **setting("confidence_level", "0.95", "0,95"),
    ),
    Case(
        "an infinite number",
        told=["confidence_level", "inf"],
        **setting("confidence_level", "0.95", ".inf"),
    ),
    Case(
        "no number", told=["confidence_level", "nan"], **setting("confidence_level", "0.95", ".nan")
    ),
    Case(
        "a key nearly right",
        CONFIG,
        replaced("\nmin_clusters:", "\nmin_cluster:"),
        ["unknown key", "did you mean `min_clusters`?"],
    ),
    Case(
        "of another version",
        CONFIG,
        replaced("\ntypology:", "\ntypes:"),
        ["key typology", "required"],
    ),
    Case(
        "an unknown group",
        CONFIG,
        replaced("sample: core", "sample: cor"),
        [CONFIG, "key sample", "cor", "core"],
        whole="lists",
    ),
    Case(
        "a path for a style",
        CONFIG,
        replaced("style: default", "style: ../default"),
        [CONFIG, "key style", "../default"],
        whole="lists",
    ),
    Case(
        "a path for a group",
        GROUPS,
        replaced("\ncore:", "\n../core:"),
        ["a name must be fit for files", "'../core'"],
    ),
    Case(
        "a name with a blank",
        MODELS,
        appended("my model:\n  like: delivery\n"),
        ["a name must be fit for files", "'my model'"],
    ),
    Case(
        "a device of Windows",
        MODELS,
        appended("con:\n  like: delivery\n"),
        ["a name must be fit for files", "'con'"],
    ),
    Case(
        "a path for a model",
        MODELS,
        appended("../x:\n  like: delivery\n"),
        ["a name must be fit for files", "'../x'"],
    ),
    Case(
        "a path for an outcome",
        MODELS,
        replaced("outcome: delivery", "outcome: ../delivery"),
        [MODELS, "../delivery"],
        whole="lists",
    ),
    Case(
        "a model like itself",
        MODELS,
        appended("a:\n  like: b\nb:\n  like: a\n"),
        ["must not be like itself", "a → b → a"],
    ),
    Case(
        "a word of Stata",
        CODINGS,
        replaced("\npolitical_pca:", "\nusing:"),
        [CODINGS, "coding using", "Stata"],
        whole="lists",
    ),
    Case("yes for a sign", CODINGS, replaced("sign: 1", "sign: yes"), ["sign", "True"]),
    Case(
        "an endless range",
        CODINGS,
        replaced("range: [0, 2]", "range: [-.inf, 2]"),
        ["range", "inf"],
    ),
    Case("no name but a number", CODINGS, appended("1990:\n  label: x\n"), ["name 1990"]),
    Case(
        "a mapping for a list",
        GROUPS,
        appended("x:\n  label: x\n  members: {JPN: KOR}\n  years: all\n"),
        ["key x.members", "a list", "'JPN': 'KOR'"],
    ),
    Case(
        "a formula for a label",
        GROUPS,
        replaced("label: ", "label: =1+1 # "),
        ["like the formula of a spreadsheet", "'=1+1'"],
    ),
    Case(
        "a blank that does not break",
        GROUPS,
        replaced("label: ", "label: a\u00a0b # "),
        ["invisible character"],
    ),
    Case(
        "groups that name each other",
        GROUPS,
        appended(
            "a:\n  label: a\n  members: [b]\n  years: all\n"
            "b:\n  label: b\n  members: [a]\n  years: all\n"
        ),
        ["must not contain itself", "a → b → a"],
        whole="lists",
    ),
    Case(
        "a lower-case code",
        GROUPS,
        appended("a:\n  label: a\n  members: [jpn]\n  years: all\n"),
        ["group a", "unknown member", "jpn"],
        whole="lists",
    ),
    Case(
        "an unknown kind of years",
        GROUPS,
        replaced("years: committed", "years: comitted"),
        ["years", "did you mean `committed`?"],
    ),
    Case(
        "an ally that is no case",
        CASES,
        replaced("iso3: JPN", "iso3: JPX"),
        [CASES, "JPX"],
        whole="facts",
    ),
    Case(
        "a number of decimals that is text",
        STYLES,
        replaced("decimals: 3", "decimals: three"),
        ["decimals", "three"],
    ),
]
OWN = [
    Case(
        "a path for a variable",
        "config/variables.yaml",
        appended("../votes:\n  first_year: 1990\n"),
        ["'../votes'"],
    ),
    Case(
        "a key nearly right",
        "config/variables.yaml",
        appended("votes:\n  first_yer: 1990\n"),
        ["unknown key", "did you mean `first_year`?"],
    ),
    Case(
        "an unknown kind",
        "config/outcomes.yaml",
        appended("waits:\n  kind: durations\n"),
        ["key waits", "durations"],
    ),
]
CATALOGUE = [*FORM, *VALUES, *OWN]
