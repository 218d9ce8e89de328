# Poisson pseudo maximum likelihood: data and reference numbers.
# Run here:  Rscript counts.R
# Writes counts_simulated.csv and counts.json.
#
# The yardstick is glm(poisson) with sandwich::vcovCL(type = "HC0", cadjust = TRUE):
# G/(G-1), the default for a glm.

library(sandwich)

simulate_counts <- function() {
  set.seed(20261124)
  # 28 allies; one seen once, one that never orders
  years <- c(rep(18, 10), rep(12, 8), rep(7, 8), 1, 10)
  ally <- rep(sprintf("A%02d", seq_along(years)), years)
  year <- unlist(lapply(years, function(n) sort(sample(1995:2012, n))))
  n <- length(ally)
  effect <- rep(rnorm(length(years), sd = 0.6), years)
  social <- round(rep(rnorm(length(years)), years) + rnorm(n, sd = 0.7), 4)
  threat <- round(rnorm(n, sd = 0.8), 4)
  budget <- round(exp(rnorm(n, sd = 0.4)), 4)
  kind <- sample(c("air", "land", "sea"), n, TRUE, c(0.5, 0.3, 0.2))
  mean <- budget * exp(0.3 - 0.4 * social + 0.25 * threat + effect + 0.05 * sin(year) +
                         c(air = 0, land = -0.5, sea = 0.4)[kind])
  orders <- rpois(n, mean * rgamma(n, 1.5, 1.5))
  orders[ally == "A28"] <- 0
  # Amounts: not whole, a third of them zero
  amount <- round(ifelse(runif(n) < 0.3, 0, mean * rgamma(n, 0.8, 0.8)), 3)
  data.frame(ally, year, orders, amount, social, threat, budget, kind)
}

reference <- function(data, formula) {
  model <- suppressWarnings(glm(formula, poisson, data,
                                control = glm.control(epsilon = 1e-14, maxit = 100)))
  clustered <- vcovCL(model, cluster = data$ally, type = "HC0", cadjust = TRUE)
  terms <- !grepl("^factor", names(coef(model)))
  list(
    n = nobs(model), n_clusters = length(unique(data$ally)), n_parameters = model$rank,
    estimate = as.list(coef(model)[terms]),
    std_error = as.list(sqrt(diag(clustered))[names(coef(model))[terms]]),
    covariance_social_threat = clustered["social", "threat"],
    p_t_g_1 = as.list((2 * pt(abs(coef(model)) / sqrt(diag(clustered)[names(coef(model))]),
                              length(unique(data$ally)) - 1, lower.tail = FALSE))[terms]),
    loglik = if (all(data[[all.vars(formula)[1]]] %% 1 == 0)) as.numeric(logLik(model)) else NULL
  )
}

write.csv(simulate_counts(), "counts_simulated.csv", row.names = FALSE, quote = FALSE)
data <- read.csv("counts_simulated.csv")
# An ally or year without an order has no finite effect, one seen once is its own effect.
carrying <- function(data) {
  repeat {
    out <- FALSE
    for (key in list(data$ally, data$year)) {
      out <- out | ave(data$orders, key, FUN = sum) == 0 | ave(data$orders, key, FUN = length) == 1
    }
    if (!any(out)) return(data)
    data <- data[!out, ]
  }
}
ordering <- carrying(data)
stopifnot(all(data$orders[data$ally == "A28"] == 0), sum(data$ally == "A27") == 1)
# Half of the allies early only, the others late only: no ally links the years, so that the
# first late year is a second reference. With epsilon = 1e-14 glm does not find that out itself.
early <- data$ally <= "A13"
apart <- carrying(data[(early & data$year <= 2003) | (!early & data$year > 2003), ])
apart$linked_year <- ifelse(apart$year == min(apart$year[apart$year > 2003]),
                            min(apart$year), apart$year)

jsonlite::write_json(
  list(
    software = list(R = R.version.string, sandwich = as.character(packageVersion("sandwich"))),
    plain = reference(data, orders ~ social + threat),
    categories = reference(data, orders ~ kind + social + threat),
    exposure = reference(data, orders ~ social + threat + offset(log(budget))),
    amounts = reference(data, amount ~ kind + social + threat),
    two_way = reference(ordering, orders ~ 0 + social + threat + factor(ally) + factor(year)),
    apart = reference(apart,
                      orders ~ 0 + social + threat + factor(ally) + factor(linked_year))
  ),
  "counts.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
