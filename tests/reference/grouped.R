# Grouped-time proportional hazards (complementary log-log): data and reference numbers.
# Run here:  Rscript grouped.R
# Writes grouped_simulated.csv and grouped.json.
#
# The yardstick is glm(binomial("cloglog")) with one dummy per duration and
# sandwich::vcovCL(type = "HC0", cadjust = TRUE): G/(G-1), the default for a glm.

library(sandwich)

simulate_deals <- function() {
  set.seed(20261123)
  clusters <- 40
  sizes <- 4 + rgeom(clusters, 1 / 16)
  ally <- rep(sprintf("A%02d", seq_len(clusters)), sizes)
  frailty <- rep(rnorm(clusters, sd = 0.4), sizes)
  social <- rep(rnorm(clusters), sizes) + rnorm(length(ally), sd = 0.5)
  category <- sample(c("aircraft", "armour", "missiles", "satellites", "ships"),
                     length(ally), TRUE, c(0.4, 0.2, 0.25, 0.03, 0.12))
  shift <- c(aircraft = 0, armour = 0.3, missiles = 0.1, satellites = -Inf, ships = -0.6)
  baseline <- c(-2.4, -1.9, -1.5, -1.3, -1.4, -1.6, -1.8, -Inf, -Inf)
  rows <- lapply(seq_along(ally), function(i) {
    years <- 0:min(8, 2 + rpois(1, 4))
    threat <- round(rnorm(length(years), sd = 0.7), 4)
    hazard <- 1 - exp(-exp(baseline[years + 1] - 0.4 * social[i] + 0.25 * threat +
                           shift[[category[i]]] + frailty[i]))
    happened <- runif(length(years)) < hazard
    last <- if (any(happened)) which(happened)[1] else length(years)
    kept <- seq_len(last)
    data.frame(deal = i, ally = ally[i], years_since_order = years[kept],
               event = as.integer(happened[kept]), category = category[i],
               social = round(social[i], 4), threat = threat[kept])
  })
  do.call(rbind, rows)
}

reference <- function(data, formula) {
  # Durations after 6 have no event: they share the hazard of 6.
  data$period <- factor(pmin(data$years_since_order, 6))
  data$category <- relevel(factor(data$category), "aircraft")
  model <- glm(formula, binomial("cloglog"), data,
               control = glm.control(epsilon = 1e-14, maxit = 100))
  clustered <- vcovCL(model, cluster = data$ally, type = "HC0", cadjust = TRUE)
  list(
    n = nobs(model), n_events = sum(data$event), n_clusters = length(unique(data$ally)),
    estimate = as.list(coef(model)),
    std_error = as.list(sqrt(diag(clustered))),
    std_error_uncorrected = as.list(sqrt(diag(
      vcovCL(model, cluster = data$ally, type = "HC0", cadjust = FALSE)))),
    covariance_social_threat = clustered["social", "threat"],
    p_t_g_1 = as.list(2 * pt(abs(coef(model)) / sqrt(diag(clustered)),
                             length(unique(data$ally)) - 1, lower.tail = FALSE)),
    loglik = as.numeric(logLik(model))
  )
}

# Interactions with the logarithm of the duration, centred, and their joint Wald test.
proportionality <- function(data) {
  data$period <- factor(pmin(data$years_since_order, 6))
  data$time <- log1p(data$years_since_order) - mean(log1p(data$years_since_order))
  model <- glm(event ~ 0 + period + social + threat + social:time + threat:time,
               binomial("cloglog"), data, control = glm.control(epsilon = 1e-14, maxit = 100))
  added <- c("social:time", "threat:time")
  clustered <- vcovCL(model, cluster = data$ally, type = "HC0", cadjust = TRUE)[added, added]
  f <- drop(coef(model)[added] %*% solve(clustered) %*% coef(model)[added]) / 2
  g <- length(unique(data$ally))
  list(estimate = unname(coef(model)[added]), std_error = unname(sqrt(diag(clustered))),
       f = f, p = pf(f, 2, g - 1, lower.tail = FALSE))
}

# Mean number of years up to nine with each deal's covariates as in its first year, as they are
# and with one more of the first regressor.
restricted_means <- function(data) {
  data$period <- factor(pmin(data$years_since_order, 6))
  model <- glm(event ~ 0 + period + social + threat, binomial("cloglog"), data,
               control = glm.control(epsilon = 1e-14, maxit = 100))
  first <- data[!duplicated(data$deal), ]
  mean_years <- function(change) {
    years <- lapply(seq_len(nrow(first)), function(i) {
      path <- data.frame(period = factor(pmin(0:8, 6)), social = first$social[i] + change,
                         threat = first$threat[i])
      sum(cumprod(1 - predict(model, path, type = "response")))
    })
    mean(unlist(years))
  }
  list(as_they_are = mean_years(0), social_plus_one = mean_years(1))
}

write.csv(simulate_deals(), "grouped_simulated.csv", row.names = FALSE, quote = FALSE)
deals <- read.csv("grouped_simulated.csv")
stopifnot(sum(deals$event[deals$years_since_order > 6]) == 0,
          sum(deals$event[deals$category == "satellites"]) == 0)

jsonlite::write_json(
  list(
    software = list(R = R.version.string, sandwich = as.character(packageVersion("sandwich"))),
    plain = reference(deals, event ~ 0 + period + social + threat),
    # A level without an event has no finite maximum: its rows carry no information.
    categories = reference(deals[deals$category != "satellites", ],
                           event ~ 0 + period + category + social + threat),
    # The same model with those rows kept, to show that the other terms do not move.
    categories_kept = reference(deals, event ~ 0 + period + category + social + threat),
    # One row per deal, whether it was ever delivered: a constant in place of the durations.
    cross_section = reference(deals[!duplicated(deals$deal, fromLast = TRUE) &
                                      deals$category != "satellites", ],
                              event ~ category + social + threat),
    proportionality = proportionality(deals),
    restricted_means = restricted_means(deals)
  ),
  "grouped.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
