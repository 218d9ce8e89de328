# Within-between, first differences and Driscoll-Kraay: reference numbers.
# Run here, after panel.R:  Rscript panel_estimators.R
# Reads grunfeld.csv and panel_simulated.csv, writes panel_estimators.json.
#
# Yardsticks: sandwich::vcovCL(type = "HC1") on lm(); for Driscoll and Kraay
# sandwich::vcovPL(aggregate = TRUE) on lm() with all dummies, which is n/(n-k), and
# plm::vcovSCC, printed with HC0 (no correction).

library(plm)
library(sandwich)

clustered <- function(model, cluster, terms) {
  list(
    n = nobs(model), k = model$rank, n_clusters = length(unique(cluster)),
    estimate = as.list(coef(model)[terms]),
    std_error = as.list(sqrt(diag(vcovCL(model, cluster = cluster, type = "HC1")))[terms]),
    loglik = as.numeric(logLik(model))
  )
}

formula_of <- function(outcome, terms, extra = NULL) {
  reformulate(c(terms, extra), response = outcome)
}

within_between <- function(data, outcome, regressors, entity, time) {
  for (x in regressors) {
    data[[paste0("between_", x)]] <- ave(data[[x]], data[[entity]])
    data[[x]] <- data[[x]] - data[[paste0("between_", x)]]
  }
  terms <- c(regressors, paste0("between_", regressors))
  model <- lm(formula_of(outcome, terms, sprintf("factor(%s)", time)), data)
  clustered(model, data[[entity]], terms)
}

first_difference <- function(data, outcome, regressors, entity, time) {
  before <- data[c(entity, time, outcome, regressors)]
  before[[time]] <- before[[time]] + 1
  both <- merge(data, before, by = c(entity, time), suffixes = c("", "_before"))
  for (x in c(outcome, regressors)) both[[x]] <- both[[x]] - both[[paste0(x, "_before")]]
  model <- lm(formula_of(outcome, regressors, sprintf("factor(%s)", time)), both)
  clustered(model, both[[entity]], regressors)
}

first_difference_plm <- function(data, outcome, regressors, entity, time) {
  formula <- formula_of(outcome, regressors, sprintf("factor(%s)", time))
  as.list(coef(plm(formula, data, index = c(entity, time), model = "fd"))[regressors])
}

driscoll_kraay <- function(data, outcome, regressors, entity, time, lags) {
  dummies <- sprintf("factor(%s)", c(entity, time))
  model <- lm(formula_of(outcome, regressors, dummies), data)
  within <- plm(formula_of(outcome, regressors), data, index = c(entity, time),
                effect = "twoways")
  panel <- vcovPL(model, cluster = data[[entity]], order.by = data[[time]],
                  kernel = "Bartlett", lag = lags, aggregate = TRUE, adjust = TRUE)
  scc <- vcovSCC(within, type = "HC0", maxlag = lags)
  default <- vcovSCC(within, type = "HC0")
  list(
    n = nobs(model), k = model$rank, lags = lags,
    estimate = as.list(coef(model)[regressors]),
    std_error = as.list(sqrt(diag(panel))[regressors]),
    std_error_scc = as.list(sqrt(diag(scc))[regressors]),
    std_error_scc_default = as.list(sqrt(diag(default))[regressors]),
    p_t_periods = as.list(2 * pt(abs(coef(model)[regressors]) / sqrt(diag(panel))[regressors],
                                 length(unique(data[[time]])) - 1, lower.tail = FALSE))
  )
}

grunfeld <- read.csv("grunfeld.csv")
simulated <- na.omit(read.csv("panel_simulated.csv"))
alone <- ave(simulated$year, simulated$iso3, FUN = length) == 1
slopes <- c("value", "capital")

jsonlite::write_json(
  list(
    software = list(R = R.version.string, plm = as.character(packageVersion("plm")),
                    sandwich = as.character(packageVersion("sandwich"))),
    grunfeld = list(
      within_between = within_between(grunfeld, "inv", slopes, "firm", "year"),
      first_difference = first_difference(grunfeld, "inv", slopes, "firm", "year"),
      first_difference_plm = first_difference_plm(grunfeld, "inv", slopes, "firm", "year"),
      driscoll_kraay = driscoll_kraay(grunfeld, "inv", slopes, "firm", "year", 2)
    ),
    panel_simulated = list(
      within_between = within_between(simulated, "y", c("x1", "x2"), "iso3", "year"),
      first_difference = first_difference(simulated, "y", c("x1", "x2"), "iso3", "year"),
      first_difference_plm = first_difference_plm(simulated, "y", c("x1", "x2"), "iso3", "year"),
      driscoll_kraay = driscoll_kraay(simulated[!alone, ], "y", c("x1", "x2"), "iso3", "year", 3)
    )
  ),
  "panel_estimators.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
