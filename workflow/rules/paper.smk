# Tables, figures and numbers → the template article. Not part of `make`: it needs LaTeX.

PAPER_SOURCES = sorted(
    str(path)
    for path in Path("paper").rglob("*.*")
    if path.suffix in (".tex", ".sty", ".bib")
)
PAPER_PARTS = [path for path in PRODUCTS if path.endswith(".tex")] + [
    path for path in FIGURES + SENSITIVITY_FIGURES if path.endswith(".pdf")
]


rule paper:
    input:
        sources=PAPER_SOURCES,
        parts=PAPER_PARTS,
        references="docs/references.bib",
    output:
        pdf=report(
            in_run("results/paper/paper.pdf"),
            caption="../report/paper.rst",
            category="Paper",
        ),
        latex_log=in_run("results/paper/latex.log"),
    log:
        in_run("results/logs/paper.log"),
    benchmark:
        in_run("results/benchmarks/paper.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("paper"),
    message:
        "Set the paper"
    script:
        "../scripts/paper.py"
