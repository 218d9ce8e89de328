# Accelerated failure time with censored intervals and late entry: data and reference numbers.
# Run here:  Rscript aft.R
# Writes aft_simulated.csv and aft.json; reads king_coalition.csv.
#
# Without late entry the yardstick is survival::survreg: its naive covariance, and its robust one
# by cluster, which has no G/(G-1). survreg knows no late entry: there it is the likelihood
# written with R's own distribution functions, maximised by Newton steps with numDeriv.
#
# With intervals and a free scale survreg's robust covariance is wrong (survival 3.5-3): its
# residuals give the scores of interval rows for the log scale with the wrong sign, so that the
# scores do not sum to zero at the maximum. There the robust covariance is that of the
# second likelihood, and survreg's is kept beside it as robust_of_survreg.
#
# king_coalition.csv holds four columns of the data set "coalition" (314 cabinets, 15 countries,
# 1945-1987) of the R package Zelig: King, Alt, Burns and Laver 1990, A Unified Model of Cabinet
# Dissolution in Parliamentary Democracies, American Journal of Political Science 34 (3), 846-870
# (ICPSR Publication Related Archive 1115). duration is in months; ciep12 is 0 where the
# cabinet lasted to within twelve months of the end of the inter-election period.

library(survival)

simulate <- function() {
  set.seed(20261124)
  sizes <- 3 + rgeom(32, 1 / 12)
  n <- sum(sizes)
  cluster <- rep(seq_along(sizes), sizes)
  x1 <- round(rnorm(length(sizes))[cluster] + rnorm(n, sd = 0.6), 4)
  x2 <- round(rnorm(n), 4)
  kind <- sample(c("aircraft", "missiles", "ships"), n, TRUE, c(0.5, 0.3, 0.2))
  shift <- c(aircraft = 0, missiles = -0.2, ships = 0.4)
  frailty <- rnorm(length(sizes), sd = 0.3)[cluster]
  time <- exp(1.1 + 0.35 * x1 - 0.2 * x2 + shift[kind] + frailty + 0.6 * log(rexp(n)))
  end <- runif(n, 2, 9)
  # one in five durations is known exactly, the others by an interval of up to two years
  low <- round(pmax(time - runif(n), 0), 3)
  high <- round(time + runif(n), 3)
  exact <- runif(n) < 0.2
  low[exact] <- high[exact] <- round(pmax(time[exact], 0.01), 3)
  censored <- time > end
  low[censored] <- round(end[censored], 3)
  high[censored] <- NA
  # entries that come after the interval's end would not have been seen
  entry <- round(ifelse(runif(n) < 0.4, runif(n, 0, 0.9) * low, 0), 3)
  data.frame(iso3 = sprintf("A%02d", cluster), x1, x2, kind, entry, low, high)
}

of_survreg <- function(data, response, formula, distribution) {
  control <- survreg.control(rel.tolerance = 1e-13, maxiter = 100)
  model <- update(formula, paste(response, "~ ."))
  naive <- survreg(model, data, dist = distribution, control = control)
  robust <- survreg(model, data, dist = distribution, control = control,
                    cluster = iso3, robust = TRUE)
  estimate <- c(coef(naive), if (distribution != "exponential") c(log_scale = log(naive$scale)))
  list(estimate = as.list(estimate),
       naive = setNames(as.list(sqrt(diag(vcov(naive)))), names(estimate)),
       robust = setNames(as.list(sqrt(diag(vcov(robust)))), names(estimate)),
       loglik = naive$loglik[2])
}

# log of Pr(T > t) and of the density at t
log_survival <- list(
  weibull = function(t, eta, s) pweibull(t, 1 / s, exp(eta), lower.tail = FALSE, log.p = TRUE),
  loglogistic = function(t, eta, s) plogis(log(t), eta, s, lower.tail = FALSE, log.p = TRUE))
log_density <- list(
  weibull = function(t, eta, s) dweibull(t, 1 / s, exp(eta), log = TRUE),
  loglogistic = function(t, eta, s) dlogis(log(t), eta, s, log = TRUE) - log(t))

with_entry <- function(data, formula, distribution) {
  x <- model.matrix(formula, data)
  k <- ncol(x)
  exact <- !is.na(data$high) & data$low == data$high
  high <- ifelse(is.na(data$high), Inf, data$high)
  by_row <- function(b) {
    eta <- drop(x %*% b[1:k])
    s <- if (distribution == "exponential") 1 else exp(b[k + 1])
    kind <- if (distribution == "exponential") "weibull" else distribution
    survival <- function(t) log_survival[[kind]](t, eta, s)
    interval <- log(exp(survival(data$low)) - exp(survival(high)))
    ifelse(exact, log_density[[kind]](data$low, eta, s), interval) - survival(data$entry)
  }
  total <- function(b) sum(by_row(b))
  b <- c(mean(log(data$low + 0.5)), rep(0, k - 1), if (distribution != "exponential") 0)
  search <- function(b) optim(b, function(b) -total(b), control = list(maxit = 1000))$par
  b <- suppressWarnings(search(search(b)))
  for (i in 1:6) b <- b - solve(numDeriv::hessian(total, b), numDeriv::grad(total, b))
  bread <- solve(-numDeriv::hessian(total, b))
  by_cluster <- rowsum(numDeriv::jacobian(by_row, b), data$iso3)
  names(b) <- c(colnames(x), if (distribution != "exponential") "log_scale")
  named <- function(v) setNames(as.list(sqrt(diag(v))), names(b))
  list(estimate = as.list(b), naive = named(bread),
       robust = named(bread %*% crossprod(by_cluster) %*% bread), loglik = total(b))
}

write.csv(simulate(), "aft_simulated.csv", row.names = FALSE, quote = FALSE, na = "")
data <- read.csv("aft_simulated.csv")
data$left <- ifelse(data$low == 0, NA, data$low)  # survreg's sign of an interval from zero
coalition <- read.csv("king_coalition.csv")
coalition$iso3 <- seq_len(nrow(coalition))

distributions <- c(weibull = "weibull", loglogistic = "loglogistic", exponential = "exponential")
formula <- ~ kind + x1 + x2
jsonlite::write_json(
  list(
    software = list(R = R.version.string, survival = as.character(packageVersion("survival")),
                    numDeriv = as.character(packageVersion("numDeriv"))),
    intervals = lapply(distributions, function(d) {
      found <- of_survreg(data, "Surv(left, high, type = 'interval2')", formula, d)
      names(found)[names(found) == "robust"] <- "robust_of_survreg"
      c(found, with_entry(transform(data, entry = 0), formula, d)["robust"])
    }),
    late_entry = lapply(distributions, function(d) with_entry(data, formula, d)),
    king = lapply(distributions, function(d)
      of_survreg(coalition, "Surv(duration, ciep12)", ~ fract + numst2, d))
  ),
  "aft.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
