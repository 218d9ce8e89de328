# Location-scale regression: data and reference numbers.
# Run here:  Rscript variance.R
# Writes variance_simulated.csv and variance.json.
#
# Yardsticks: (1) the normal likelihood of mean and log variance written down below and
# maximised by optim and then Newton steps, plain (ml) and restricted (reml: half the
# log-determinant of X'WX is subtracted); (2) statmod::remlscore, the restricted scoring of
# Smyth (2002). The sandwich has the rows' scores and the expected information.

library(statmod)

simulate <- function() {
  set.seed(20261123)
  years <- c(25, 25, 24, 24, 22, 20, 20, 18, 18, 17, 16, 15)
  rows <- lapply(seq_along(years), function(i) {
    year <- sort(sample(1990:2014, years[i]))
    x1 <- as.numeric(arima.sim(list(ar = 0.6), 25))[year - 1989] + rnorm(1)
    x2 <- rnorm(years[i]) + 0.3 * x1
    log_variance <- rnorm(1, sd = 0.7) + 0.4 * sin(year) + 0.5 * x1 - 0.3 * x2
    y <- rnorm(1, sd = 2) + cos(year) + 0.5 * x1 + exp(log_variance / 2) * rnorm(years[i])
    data.frame(iso3 = sprintf("S%02d", i), year, y, x1, x2)
  })
  data <- do.call(rbind, rows)
  data[c("y", "x1", "x2")] <- round(data[c("y", "x1", "x2")], 4)
  data
}

# Columns with a full set of entity dummies, where there are any, else a constant.
columns <- function(data, effects) {
  terms <- c("x1", "x2", if (length(effects)) sprintf("factor(%s)", effects))
  model.matrix(reformulate(terms, intercept = TRUE), data)
}

at <- function(gamma, y, x, z, restricted) {
  w <- exp(-drop(z %*% gamma))
  root <- sqrt(w)
  qr_x <- qr(x * root)
  residual <- qr.resid(qr_x, y * root)           # divided by its standard deviation
  h <- if (restricted) rowSums(qr.Q(qr_x)^2) else 0
  determinant <- if (restricted) sum(log(abs(diag(qr.R(qr_x))))) else 0
  free <- length(y) - (if (restricted) ncol(x) else 0)
  list(w = w, residual = residual, h = h, beta = qr.coef(qr_x, y * root),
       objective = -0.5 * (free * log(2 * pi) - sum(log(w)) + sum(residual^2)) - determinant,
       rows = z * (residual^2 - 1 + h) / 2)
}

fit <- function(data, mean_effects, scale_effects, restricted) {
  y <- data$y
  x <- columns(data, mean_effects)
  z <- columns(data, scale_effects)
  gamma <- c(log(var(y)), rep(0, ncol(z) - 1))
  # A general optimiser first, then Newton steps on the gradient with a numerical Hessian.
  minus <- function(g) -at(g, y, x, z, restricted)$objective
  slope <- function(g) -colSums(at(g, y, x, z, restricted)$rows)
  gamma <- optim(gamma, minus, slope, method = "BFGS",
                 control = list(maxit = 2000, reltol = 1e-15))$par
  for (step in 1:8) {
    hessian <- sapply(seq_along(gamma), function(j) {
      e <- replace(numeric(length(gamma)), j, 1e-5)
      (slope(gamma + e) - slope(gamma - e)) / 2e-5
    })
    gamma <- gamma - solve((hessian + t(hessian)) / 2, slope(gamma))
  }
  best <- at(gamma, y, x, z, restricted)
  stopifnot(max(abs(colSums(best$rows))) < 1e-8)
  clusters <- data$iso3
  scores <- cbind(rowsum(best$rows, clusters),
                  rowsum(x * sqrt(best$w) * best$residual, clusters))
  bread <- rbind(
    cbind(crossprod(z * sqrt(1 - best$h)) / 2, matrix(0, ncol(z), ncol(x))),
    cbind(matrix(0, ncol(x), ncol(z)), crossprod(x * sqrt(best$w)))
  )
  k <- ncol(x) + ncol(z)
  g <- length(unique(clusters))
  n <- length(y)
  sandwich <- g / (g - 1) * (n - 1) / (n - k) * solve(bread) %*% crossprod(scores) %*% solve(bread)
  places <- c(2:3, ncol(z) + 2:3)
  names <- c("x1", "x2", "mean[x1]", "mean[x2]")
  named <- function(values) as.list(setNames(values[places], names))
  list(
    n = n, k = k,
    estimate = named(c(gamma, best$beta)),
    std_error = named(sqrt(diag(sandwich))),
    conventional = named(sqrt(diag(solve(bread)))),
    loglik = -0.5 * sum(log(2 * pi) - log(best$w) + best$residual^2),
    objective = best$objective
  )
}

remlscored <- function(data, mean_effects, scale_effects) {
  x <- columns(data, mean_effects)
  z <- columns(data, scale_effects)
  found <- remlscore(data$y, x, z, tol = 1e-12, maxit = 200)
  list(estimate = as.list(setNames(c(found$gamma[2:3], found$beta[2:3]),
                                   c("x1", "x2", "mean[x1]", "mean[x2]"))))
}

write.csv(simulate(), "variance_simulated.csv", row.names = FALSE, quote = FALSE)
data <- read.csv("variance_simulated.csv")

jsonlite::write_json(
  list(
    software = list(R = R.version.string, statmod = as.character(packageVersion("statmod"))),
    reml_both = fit(data, c("iso3", "year"), c("iso3", "year"), TRUE),
    reml_entity = fit(data, c("iso3", "year"), "iso3", TRUE),
    reml_none = fit(data, c("iso3", "year"), character(), TRUE),
    ml_entity = fit(data, "iso3", "iso3", FALSE),
    ml_none = fit(data, c("iso3", "year"), character(), FALSE),
    remlscore_both = remlscored(data, c("iso3", "year"), c("iso3", "year")),
    remlscore_none = remlscored(data, c("iso3", "year"), character())
  ),
  "variance.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
