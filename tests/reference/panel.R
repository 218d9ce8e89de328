# Two-way fixed effects with cluster-robust standard errors: data and reference numbers.
# Run here:  Rscript panel.R
# Writes grunfeld.csv, panel_simulated.csv and panel.json.
#
# The yardstick is sandwich::vcovCL(type = "HC1") on lm() with all dummies:
# G/(G-1) * (n-1)/(n-k), with k every estimated coefficient, dummies included.
# plm's within estimator gives the same coefficients; its vcovHC(method = "arellano")
# is printed without a correction (HC0) and with k counting the slopes only (sss).

library(plm)
library(sandwich)

simulate_panel <- function() {
  set.seed(20261122)
  # 22 states; the last two are seen once, so that their own effect absorbs their row
  years <- c(30, 30, 29, 28, 27, 26, 25, 24, 22, 20, 18, 16, 14, 12, 11, 9, 8, 6, 5, 4, 1, 1)
  states <- sprintf("S%02d", seq_along(years))
  rows <- lapply(seq_along(years), function(i) {
    year <- sort(sample(1990:2019, years[i]))
    x1 <- as.numeric(arima.sim(list(ar = 0.6), 30))[year - 1989] + rnorm(1)
    x2 <- rnorm(years[i]) + 0.3 * x1 + 0.05 * (year - 2005)
    noise <- as.numeric(arima.sim(list(ar = 0.7), 30))[year - 1989]
    y <- 0.5 * x1 - 0.25 * x2 + rnorm(1, sd = 2) + sin(year) + noise
    data.frame(iso3 = states[i], year, y, x1, x2)
  })
  data <- do.call(rbind, rows)
  data[c("y", "x1", "x2")] <- round(data[c("y", "x1", "x2")], 4)
  data$x2[c(3, 77)] <- NA
  data$y[150] <- NA
  data
}

reference <- function(data, outcome, regressors, entity, time) {
  complete <- data[complete.cases(data[c(outcome, regressors)]), ]
  used <- drop_singletons(complete, entity, time)
  slopes <- paste(regressors, collapse = " + ")
  dummies <- lm(as.formula(sprintf("%s ~ %s + factor(%s) + factor(%s)",
                                   outcome, slopes, entity, time)), used)
  formula <- as.formula(sprintf("%s ~ %s", outcome, slopes))
  within <- plm(formula, used, index = c(entity, time), effect = "twoways")
  oneway <- plm(formula, used, index = c(entity, time), effect = "individual")
  clustered <- vcovCL(dummies, cluster = used[[entity]], type = "HC1", cadjust = TRUE)
  list(
    n = nobs(dummies),
    n_missing = nrow(data) - nrow(complete),
    n_singletons = nrow(complete) - nrow(used),
    n_clusters = length(unique(used[[entity]])),
    k = dummies$rank,
    within_individual = as.list(coef(oneway)),
    estimate = as.list(coef(within)[regressors]),
    estimate_dummies = as.list(coef(dummies)[regressors]),
    se_hc1 = se(clustered, regressors),
    covariance_hc1 = clustered[regressors[1], regressors[2]],
    se_arellano_hc0 = se(vcovHC(within, method = "arellano", type = "HC0"), regressors),
    se_arellano_sss = se(vcovHC(within, method = "arellano", type = "sss"), regressors),
    p_t_g_1 = as.list(2 * pt(abs(coef(dummies)[regressors]) /
                             sqrt(diag(clustered)[regressors]),
                             length(unique(used[[entity]])) - 1, lower.tail = FALSE)),
    loglik = as.numeric(logLik(dummies)),
    r2_within = summary(within)$r.squared[["rsq"]]
  )
}

drop_singletons <- function(data, entity, time) {
  repeat {
    alone <- ave(data[[time]], data[[entity]], FUN = length) == 1 |
      ave(data[[time]], data[[time]], FUN = length) == 1
    if (!any(alone)) return(data)
    data <- data[!alone, ]
  }
}

se <- function(covariance, terms) as.list(sqrt(diag(covariance))[terms])

data("Grunfeld", package = "plm")
grunfeld <- as.data.frame(Grunfeld)[c("firm", "year", "inv", "value", "capital")]
write.csv(grunfeld, "grunfeld.csv", row.names = FALSE, quote = FALSE)
write.csv(simulate_panel(), "panel_simulated.csv", row.names = FALSE, quote = FALSE, na = "")

# Half of the states seen early only, the others late only: no state links the years, so
# that one dummy more than usual is redundant.
disconnected <- function(data) {
  early <- data$iso3 <= "S10"
  data[(early & data$year <= 2004) | (!early & data$year > 2004), ]
}

# Read back what was written, so that R and Python see the same digits.
jsonlite::write_json(
  list(
    software = list(R = R.version.string, plm = as.character(packageVersion("plm")),
                    sandwich = as.character(packageVersion("sandwich"))),
    grunfeld = reference(read.csv("grunfeld.csv"), "inv", c("value", "capital"),
                         "firm", "year"),
    panel_simulated = reference(read.csv("panel_simulated.csv"), "y", c("x1", "x2"),
                                "iso3", "year"),
    disconnected = reference(disconnected(read.csv("panel_simulated.csv")), "y",
                             c("x1", "x2"), "iso3", "year")
  ),
  "panel.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
