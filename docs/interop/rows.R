# One model in R from the rows that Underbalance wrote for it:
#
#   .venv/bin/underbalance design delivery --output results/rows/delivery.csv
#   Rscript docs/interop/rows.R results/rows/delivery.csv

suppressMessages({library(survival); library(sandwich); library(lmtest)})
file <- commandArgs(trailingOnly = TRUE)[1]
rows <- read.csv(file, na.strings = "")
columns <- read.csv(sub("\\.csv$", "_codebook.csv", file), na.strings = "")
of <- function(role) columns$name[columns$role == role]
allies <- length(unique(rows$iso3))
rows[of("category")] <- lapply(rows[of("category")], factor)
terms <- c(of("category"), of("regressor"))

if ("duration_group" %in% names(rows)) {
  # dummies of the durations in place of the constant
  fit <- glm(reformulate(terms[order(terms != "duration_group")], of("outcome"), intercept = FALSE),
             binomial("cloglog"), rows, control = list(epsilon = 1e-14, maxit = 100))
  print(coeftest(fit, vcovCL(fit, ~iso3, type = "HC0", cadjust = TRUE), df = allies - 1))
  time <- quote(Surv(start_of_interval, end_of_interval, event))
  rows$event <- rows[[of("outcome")]]
  fit <- coxph(reformulate(setdiff(terms, "duration_group"), time), rows, cluster = iso3)
  print(coeftest(fit, vcov(fit) * allies / (allies - 1), df = allies - 1))
} else if (length(of("key")) > 1) {
  fit <- glm(reformulate(terms, of("outcome")), binomial("cloglog"), rows)
  print(coeftest(fit, vcovCL(fit, ~iso3, type = "HC0", cadjust = TRUE), df = allies - 1))
} else {
  fit <- lm(reformulate(c(terms, "factor(iso3)", "factor(year)"), of("outcome")), rows)
  errors <- vcovCL(fit, ~iso3, type = "HC1")
  print(coeftest(fit, errors, df = allies - 1)[of("regressor"), ])
}
