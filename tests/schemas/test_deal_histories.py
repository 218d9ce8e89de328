"""The names of the matching rules in the schemas are those of the rules that match."""

from underbalance.schemas.facts.deal_histories import EVENT_RULES, FOUND_BY
from underbalance.sources.sipri_deal_events import THROUGH
from underbalance.sources.sipri_deal_matching import RULES
from underbalance.sources.sipri_deliveries import BY_DELIVERIES, BY_NAME


def test_deals_are_found_by_the_rules_of_matching():
    # a rule may be tried twice, the second time less strictly
    assert tuple(dict.fromkeys(rule.name for rule in RULES)) == FOUND_BY


def test_events_are_found_by_their_rules_or_through_the_register_before():
    names = [rule.name for rule in (BY_DELIVERIES, *BY_NAME)]
    assert (*names, f"through_{THROUGH.replace('-', '_')}") == EVENT_RULES
