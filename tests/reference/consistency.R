# Internal consistency of an index and agreement of two codings: data and reference numbers.
# Run here:  Rscript consistency.R
# Writes consistency_simulated.csv and consistency.json.
#
# Base R alone: cor, cov, eigen, ave. Alpha is taken from the formulas of Cronbach (1951);
# the first principal component from prcomp(scale. = TRUE).

simulate <- function() {
  set.seed(20261123)
  sizes <- 3 + rgeom(12, 1 / 9)
  ally <- rep(sprintf("A%02d", seq_along(sizes)), sizes)
  level <- rep(rnorm(12), sizes)
  common <- rnorm(length(ally))
  round(data.frame(
    place = seq_along(ally),
    one = 2 * level + common + rnorm(length(ally)),
    two = level - 0.5 * common + rnorm(length(ally), sd = 3),
    three = 0.8 * common + rnorm(length(ally), sd = 0.2),
    four = 10 + 0.5 * level + rnorm(length(ally))
  ), 4) |> transform(ally = ally)
}

alpha_raw <- function(x) {
  k <- ncol(x)
  k / (k - 1) * (1 - sum(apply(x, 2, var)) / var(rowSums(x)))
}

alpha_standardised <- function(x) alpha_raw(scale(x))

consistency <- function(x) {
  k <- ncol(x)
  components <- prcomp(x, scale. = TRUE)$sdev^2
  list(
    alpha = alpha_standardised(x), raw_alpha = alpha_raw(x),
    mean_correlation = mean(cor(x)[lower.tri(diag(k))]),
    first_share = components[1] / sum(components),
    item_rest = as.list(sapply(colnames(x), \(n) cor(x[, n], rowSums(x[, colnames(x) != n])))),
    alpha_without = as.list(sapply(colnames(x), \(n) alpha_standardised(x[, colnames(x) != n])))
  )
}

within <- function(x, ally) apply(x, 2, \(column) column - ave(column, ally))

agreement <- function(x) {
  list(pearson = cor(x[, 1], x[, 2]), spearman = cor(x[, 1], x[, 2], method = "spearman"))
}

write.csv(simulate(), "consistency_simulated.csv", row.names = FALSE, quote = FALSE)
rows <- read.csv("consistency_simulated.csv")
scores <- as.matrix(rows[c("one", "two", "three", "four")])
pair <- scores[, c("one", "two")]

jsonlite::write_json(
  list(
    software = list(R = R.version.string),
    n = nrow(rows), allies = length(unique(rows$ally)),
    overall = consistency(scores), within = consistency(within(scores, rows$ally)),
    agreement = list(overall = agreement(pair), within = agreement(within(pair, rows$ally)))
  ),
  "consistency.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
