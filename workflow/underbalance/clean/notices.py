"""Which US notices of requests to buy are at risk of an order, and of which system family."""

from __future__ import annotations

import pandas as pd

from underbalance.families import families_named
from underbalance.ledger import Ledger

# equipment and support that a title adds to the system it is about
ADDED = (
    r"(?:(?:,| and| with)(?: and)?"
    r"(?: (?:associated|related|defense|support|services|spares|equipment|training"
    r"|modernization|upgrades|and))+"
    r"| and F-16 Operational Flight Plan Upgrade)$"
)
# what is asked for keeps or changes a system that the buyer has; the register lists systems
SERVICES = (
    r"support|sustain|follow-on|training|\bpilot\b|spare|logistic|upgrade(?! kits)|moderni[sz]ation"
    r"|retrofit|mid-life|modification|refurbish|overhaul|maintenance|contractor|order II"
    r"|extension|repair|recapitali[sz]ation|install|weaponi[sz]ation|(?:conversion|torpedo) kits?"
    r"|(?<!articles and )services"
)
# goods that the register does not list
NOT_LISTED = (
    r"countermeasure|LAIRCM|RFCM|missile warning|JCREW|radio|terminal|communications|MIDS"
    r"|ammunition|projectile|cartridge|aerial targets|sonobuoy|engine|command launch unit"
    r"|aerostat|ground control|simulator|fuel|satellite|user objective|arresting gear"
    r"|measurement system|battle command system|range system|sensor pod"
)
# systems of which the register names another supplier
OTHER_SUPPLIER = (
    r"M777|Stryker|C-27J|UH-72|Naval Strike|Joint Strike Missile|SPS-77"
    r"|National Advanced Surface-to-Air"
)
MARK_OF_CORRECTION = r"\s*\(Corrected[^)]*\)"
MENDED = {
    "amendment": "the notice amends an earlier one and repeats its amount",
    "cost": "the amount contradicts the text of the notice and is left out",
    "split": "country and title were cut in the wrong place",
    "system": "the title names a missile, the notice covers the system",
}
REASONS = {
    "services": "the title asks for support, training, spares or changes of a system in use",
    "not_listed": "the title asks for goods that the register does not list",
    "other_supplier": "the register names another state as supplier of this system",
    "no_family": "the title names no system of config/system_families.csv",
    "correction": "corrects or amends an earlier notice of the same ally and title",
}


def requests(notifications: pd.DataFrame, families: pd.DataFrame) -> tuple[pd.DataFrame, Ledger]:
    """Return one row per notice and system family asked for, and the ledger so far.

    Parameters
    ----------
    notifications : facts table.
    families : :func:`underbalance.families.read_families`.

    Returns
    -------
    Columns notice_id, iso3, notice_date, year, family, cost_usd_m (of the whole notice),
    families_in_notice, alternatives (the title joins its families by "or"). Notices of
    services, of no listed family and corrections of an earlier notice are left out, each
    with its reason in the ledger. The ledger says what was mended as well.
    """
    ledger = Ledger("notification_orders")
    for row in notifications[notifications["mended"] != ""].to_dict("records"):
        title = row["system"] if row["mended"] in ("split", "system") else None
        rule, reason = f"mended_{row['mended']}", MENDED[row["mended"]]
        ledger.add(row["notice_id"], rule, None, title, reason)
    named = notifications["system"].map(lambda title: families_named(title, families))
    table = notifications.assign(family=named)
    kind = _why_not_counted(table)
    for row in table.assign(kind=kind)[kind != ""].to_dict("records"):
        rule, reason = f"not_counted_{row['kind']}", REASONS[row["kind"]]
        ledger.add(row["notice_id"], rule, row["system"], None, reason)
    table = table[kind == ""]
    table = table.assign(
        notice_date=table["date"],
        year=table["date"].str[:4].astype("Int64"),
        families_in_notice=table["family"].str.len(),
        alternatives=(table["family"].str.len() > 1) & table["system"].str.contains(" or "),
    )
    table = _without_corrections(table.explode("family"), ledger)
    names = ["notice_id", "iso3", "notice_date", "year", "family", "cost_usd_m"]
    return table[[*names, "families_in_notice", "alternatives"]], ledger


def _why_not_counted(table: pd.DataFrame) -> pd.Series:
    """Return a key of REASONS for each notice that is not counted, else empty."""
    title, unnamed = table["system"], table["family"].str.len() == 0
    kind = pd.Series("", table.index, dtype="str").mask(unnamed, "no_family")
    for name, pattern in (("not_listed", NOT_LISTED), ("other_supplier", OTHER_SUPPLIER)):
        kind = kind.mask(unnamed & title.str.contains(pattern, case=False), name)
    return kind.mask(is_services(title), "services")


def is_services(titles: pd.Series) -> pd.Series:
    """Say whether a title asks for services or changes rather than for a system."""
    bare = titles.str.replace(ADDED, "", case=False, regex=True)
    return bare.str.contains(SERVICES, case=False)


def _without_corrections(table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Drop corrections of a notice that is in the list; others stand for their original.

    DSCA often puts the corrected notice in the place of the first, which is then not listed.
    """
    title = table["system"].str.replace(MARK_OF_CORRECTION, "", case=False, regex=True)
    ordered = table.assign(title=title.str.lower()).sort_values(
        ["iso3", "family", "date", "notice_id"], ignore_index=True
    )
    repeats = ordered["correction"] & ordered.duplicated(["iso3", "family", "title"])
    for row in ordered[repeats].itertuples():
        key = f"{row.notice_id} {row.family}"
        ledger.add(key, "not_counted_correction", row.system, None, REASONS["correction"])
    return ordered[~repeats]
