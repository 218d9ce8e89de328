"""Write the numbers that a text quotes, as LaTeX macros and as JSON."""

from pathlib import Path

from underbalance.models.jobs import specifications_of
from underbalance.present.numbers.build import all_numbers, write_json, write_tex
from underbalance.present.numbers.look_up import Results
from underbalance.registry import read_codebook
from underbalance.step import run


def main(job):
    p, out = job.params, job.output
    quantile = p.settings["typology"]["quantiles"][0]
    specs, results = specifications_of(p.specs), Results(settings=p.settings)
    seed = tuple(p.seed)
    found = all_numbers(results, specs, read_codebook(), seed=seed, quantile=quantile)
    write_json(found, Path(out.json))
    write_tex(found, Path(out.tex))


run(main, snakemake)
