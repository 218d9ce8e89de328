# Competing risks and curves: data and reference numbers.
# Run here:  Rscript competing.R
# Writes competing_simulated.csv, competing.json, competing_expanded.csv.
#
# Fine and Gray 1999 by survival::finegray (weights of Geskus 2011, with late entry and by strata)
# and coxph; cmprsk::crr on the cases watched from the start. Robust covariances are coxph's:
# no G/(G-1). Curves by survfit: log-log intervals; Greenwood's errors for Kaplan-Meier, the
# infinitesimal jackknife for states (Aalen and Johansen).

library(survival)

simulate <- function() {
  set.seed(20261125)
  sizes <- 2 + rgeom(30, 1 / 9)
  n <- sum(sizes)
  ally <- rep(seq_along(sizes), sizes)
  x1 <- round(rnorm(length(sizes))[ally] * 0.7 + rnorm(n), 3)
  x2 <- round(rnorm(n), 3)
  region <- ifelse(ally %% 3 == 0, "asia", "europe")
  ordered <- rexp(n, 0.12 * exp(0.5 * x1))
  lapsed <- rexp(n, 0.08 * exp(-0.3 * x1 + 0.3 * x2))
  censored <- ifelse(region == "asia", 2, 4) + rexp(n, 0.12)
  # times in tenths, so that many are tied
  time <- ceiling(10 * pmin(ordered, lapsed, censored)) / 10
  status <- ifelse(censored < pmin(ordered, lapsed), "", ifelse(ordered < lapsed, "ordered", "lapsed"))
  entry <- ifelse(runif(n) < 0.5, floor(10 * runif(n, 0, 2.5)) / 10, 0)
  data <- data.frame(id = seq_len(n), iso3 = sprintf("A%02d", ally), region, entry, time, status,
                     x1, x2)
  data[entry < time, ]
}

coefficients <- function(fit) {
  naive <- if (is.null(fit$naive.var)) fit$var else fit$naive.var
  list(estimate = as.list(coef(fit)),
       naive = setNames(as.list(sqrt(diag(naive))), names(coef(fit))),
       robust = setNames(as.list(sqrt(diag(fit$var))), names(coef(fit))),
       loglik = fit$loglik[2])
}

expanded <- function(data, response, by_region) {
  left <- if (by_region) "x1 + x2 + strata(region)" else "x1 + x2"
  finegray(as.formula(paste(response, "~", left)), data, etype = "ordered", id = id,
           count = "piece")
}

fine_gray <- function(data, response, cluster, by_region = FALSE) {
  long <- expanded(data, response, by_region)
  terms <- if (by_region) "x1 + x2 + strata(region)" else "x1 + x2"
  case <- match(paste(long$x1, long$x2), paste(data$x1, data$x2))
  long$region <- data$region[case]
  long$owner <- data[[cluster]][case]
  coxph(as.formula(paste("Surv(fgstart, fgstop, fgstatus) ~", terms)), long, weights = fgwt,
        cluster = owner, ties = "efron",
        control = coxph.control(eps = 1e-13, iter.max = 50, toler.chol = 1e-14))
}

curve <- function(fit, times, state = NULL) {
  at <- summary(fit, times = times, extend = TRUE)
  column <- function(x) if (is.null(state)) x else x[, match(state, fit$states)]
  risk <- if (is.null(state)) at$n.risk else at$n.risk[, 1]
  list(time = times, at_risk = risk,
       estimate = column(if (is.null(state)) at$surv else at$pstate),
       std_error = column(at$std.err), low = column(at$lower), high = column(at$upper))
}

write.csv(simulate(), "competing_simulated.csv", row.names = FALSE, quote = FALSE)
data <- read.csv("competing_simulated.csv", na.strings = NULL)
data$state <- factor(data$status, c("", "ordered", "lapsed"), c("censored", "ordered", "lapsed"))
stopifnot(!anyDuplicated(paste(data$x1, data$x2)))
late <- "Surv(entry, time, state)"
start <- "Surv(time, state)"

with_id <- function(long) {
  long$id <- data$id[match(paste(long$x1, long$x2), paste(data$x1, data$x2))]
  long[order(long$id, long$fgstart), c("id", "fgstart", "fgstop", "fgstatus", "fgwt")]
}
both <- rbind(cbind(by_region = 0, with_id(expanded(data, late, FALSE))),
              cbind(by_region = 1, with_id(expanded(data, late, TRUE))))
write.csv(both, "competing_expanded.csv", row.names = FALSE, quote = FALSE)

control <- coxph.control(eps = 1e-13, iter.max = 50, toler.chol = 1e-14)
cause <- coxph(Surv(entry, time, status == "ordered") ~ x1 + x2, data, cluster = iso3,
               control = control)
# crr lets cases that end at t count as at risk of being censored at t, finegray does not:
# without ties of the two they agree.
data$untied <- data$time + data$id / 1e4
crr <- cmprsk::crr(data$untied, as.integer(data$state) - 1, data[c("x1", "x2")], gtol = 1e-12,
                   maxiter = 50)
breslow <- coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2, weights = fgwt, ties = "breslow",
                 expanded(data, "Surv(untied, state)", FALSE), control = control)
stopifnot(max(abs(coef(breslow) - crr$coef)) < 1e-8)

times <- c(0.1, 0.5, 1, 1.5, 2, 3, 4, 6, 8)
km <- survfit(Surv(entry, time, status == "ordered") ~ 1, data, conf.type = "log-log")
states <- survfit(Surv(entry, time, state) ~ 1, data, id = id, conf.type = "log-log")
jsonlite::write_json(
  list(
    software = list(R = R.version.string, survival = as.character(packageVersion("survival")),
                    cmprsk = as.character(packageVersion("cmprsk"))),
    cause_specific = coefficients(cause),
    fine_gray = list(
      late_iso3 = coefficients(fine_gray(data, late, "iso3")),
      late_id = coefficients(fine_gray(data, late, "id")),
      start_iso3 = coefficients(fine_gray(data, start, "iso3")),
      region_iso3 = coefficients(fine_gray(data, late, "iso3", TRUE))),
    crr = as.list(crr$coef),
    curves = list(kaplan_meier = curve(km, times),
                  ordered = curve(states, times, "ordered"),
                  lapsed = curve(states, times, "lapsed"))
  ),
  "competing.json", auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"
)
