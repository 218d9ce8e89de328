"""Say which type each ally's obstacles predict for each decade."""

from underbalance.outcomes.predicted_type import predicted_types
from underbalance.stages import group_of, read_processed, write_processed
from underbalance.step import run


def main(job):
    typology = read_processed(job.input.typology)
    sample = (group_of(job.params.group), frozenset(job.params.members))
    write_processed(predicted_types(typology, *sample), job.output[0])


run(main, snakemake)
