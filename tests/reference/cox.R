# Cox models in counting-process form: data and reference numbers.
# Run here:  Rscript cox.R
# Writes cox_bladder2.csv, cox_jasa1.csv, cox_simulated.csv and cox.json.
#
# The yardstick is survival::coxph. Data: bladder2 (Wei, Lin and Weissfeld 1989) and jasa1
# (Crowley and Hu 1977) of the package survival (LGPL >= 2); cox_rossi.csv (Rossi, Berk and
# Lenihan 1980) is lifelines.datasets.load_rossi() of lifelines 0.30.0 (MIT).

library(survival)

simulate_spells <- function() {
  set.seed(20261123)
  sizes <- 6 + rgeom(30, 1 / 10)
  ally <- rep(sprintf("A%02d", seq_along(sizes)), sizes)
  n <- length(ally)
  frailty <- rep(rnorm(length(sizes), sd = 0.5), sizes)
  x1 <- rep(rnorm(length(sizes)), sizes) + rnorm(n, sd = 0.7)
  x2 <- rbinom(n, 1, 0.35)
  x3 <- runif(n, 0, 4)
  region <- sample(c("east", "north", "south"), n, TRUE)
  entry <- ifelse(runif(n) < 0.5, 0, round(runif(n, 0, 3), 0) / 2)
  rate <- exp(-1.6 + 0.4 * x1 - 0.5 * x2 + 0.2 * x3 + frailty + 0.4 * (region == "east"))
  # Half-years, so that events tie with each other, with censoring and with entries
  until <- entry + ceiling(2 * rexp(n, rate)) / 2
  censor <- entry + ceiling(2 * runif(n, 0.5, 9)) / 2
  data.frame(ally, region, start = entry, stop = pmin(until, censor),
             event = as.integer(until <= censor), x1 = round(x1, 4), x2, x3 = round(x3, 4),
             weight = round(runif(n, 0.2, 3), 2))
}

tight <- coxph.control(eps = 1e-14, iter.max = 100, toler.chol = 1e-15)
transforms <- c("km", "identity", "log", "rank")

reference <- function(formula, data, ties, cluster = NULL, weights = NULL) {
  data$.w <- if (is.null(weights)) rep(1, nrow(data)) else data[[weights]]
  arguments <- list(formula, data, ties = ties, control = tight, x = TRUE, y = TRUE)
  if (!is.null(weights)) arguments$weights <- data$.w
  naive <- do.call(coxph, c(arguments, robust = FALSE))
  # Without clusters every row is one.
  groups <- if (is.null(cluster)) seq_len(nrow(data)) else data[[cluster]]
  robust <- do.call(coxph, c(arguments, list(cluster = groups)))
  shown <- summary(robust)
  list(
    n = robust$n, n_events = robust$nevent, ties = ties,
    estimate = as.list(coef(robust)),
    naive_variance = unname(robust$naive.var), robust_variance = unname(robust$var),
    loglik_null = robust$loglik[1], loglik = robust$loglik[2],
    tests = list(likelihood_ratio = shown$logtest[["test"]],
                 wald = shown$waldtest[["test"]], score = shown$sctest[["test"]],
                 robust_score = shown$robscore[["test"]],
                 naive_wald = summary(naive)$waldtest[["test"]]),
    ph_test = lapply(setNames(nm = transforms), function(g) current(naive, g)),
    ph_test_old = lapply(setNames(nm = transforms), function(g) older(naive, g)),
    ph_test_old_robust = older(robust, "km"),
    baseline = baseline(naive),
    residuals = residual_rows(naive)
  )
}

current <- function(fit, transform) unname(cox.zph(fit, transform = transform)$table[, "chisq"])

# The approximate test of survival before 3.0 (Grambsch and Therneau 1994, eq. 7 with
# the variance of Schoenfeld residuals taken as constant); no longer in the package.
older <- function(fit, transform) {
  residual <- as.matrix(residuals(fit, "schoenfeld"))
  time <- fit$y[fit$y[, ncol(fit$y)] == 1, ncol(fit$y) - 1]
  by_time <- as.numeric(rownames(residual))
  km <- survfit(fit$y ~ 1, timefix = FALSE)
  g <- switch(transform, identity = by_time, rank = rank(by_time), log = log(by_time),
              km = 1 - c(1, km$surv)[findInterval(by_time, km$time, left.open = TRUE) + 1])
  g <- g - mean(g)
  v <- fit$var
  d <- length(g)
  slope <- g %*% residual %*% v * d
  total <- c(g %*% residual)
  c(slope^2 / (diag(v) * d * sum(g^2)), c(total %*% v %*% total) * d / sum(g^2))
}

baseline <- function(fit) {
  hazard <- basehaz(fit, centered = FALSE)
  if (is.null(hazard$strata)) hazard$strata <- ""
  list(stratum = sub("^.*=", "", as.character(hazard$strata)), time = hazard$time,
       cumulative = hazard$hazard)
}

residual_rows <- function(fit) {
  some <- seq(1, fit$n, by = 7)
  list(row = some,
       martingale = unname(residuals(fit, "martingale"))[some],
       score = unname(as.matrix(residuals(fit, "score")))[some, , drop = FALSE],
       dfbeta = unname(as.matrix(residuals(fit, "dfbeta")))[some, , drop = FALSE],
       schoenfeld = unname(colSums(as.matrix(residuals(fit, "schoenfeld"))^2)),
       scaled_schoenfeld = unname(colSums(as.matrix(residuals(fit, "scaledsch"))^2)))
}

save <- function(data, file) {
  write.csv(data, file, row.names = FALSE, quote = FALSE)
  read.csv(file)
}

bladder <- save(bladder2[c("id", "start", "stop", "event", "rx", "size", "number", "enum")],
                "cox_bladder2.csv")
jasa <- save(within(jasa1[c("id", "start", "stop", "event", "age", "surgery", "transplant")],
                    {surgery_transplant <- surgery * transplant
                     age_transplant <- age * transplant}), "cox_jasa1.csv")
spells <- save(simulate_spells(), "cox_simulated.csv")
rossi <- read.csv("cox_rossi.csv")
rossi$group <- rossi$age

counting <- Surv(start, stop, event) ~ rx + number + size
spell_formula <- Surv(start, stop, event) ~ x1 + x2 + x3
spell_strata <- Surv(start, stop, event) ~ x1 + x2 + x3 + strata(region)
arrest <- Surv(week, arrest) ~ fin + age + race + wexp + mar + paro + prio
arrest_strata <- Surv(week, arrest) ~ fin + age + race + mar + paro + prio + strata(wexp)

jsonlite::write_json(
  list(
    software = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
    bladder_efron = reference(counting, bladder, "efron", "id"),
    bladder_breslow = reference(counting, bladder, "breslow", "id"),
    bladder_strata = reference(update(counting, . ~ . + strata(enum)), bladder, "efron", "id"),
    jasa = reference(Surv(start, stop, event) ~ age + surgery + transplant + age_transplant +
                       surgery_transplant, jasa, "breslow", "id"),
    rossi = reference(arrest, rossi, "efron", "group"),
    rossi_strata = reference(arrest_strata, rossi, "breslow", "group"),
    spells_efron = reference(spell_formula, spells, "efron", "ally"),
    spells_breslow = reference(spell_formula, spells, "breslow", "ally"),
    spells_strata = reference(spell_strata, spells, "efron", "ally"),
    spells_weighted = reference(spell_strata, spells, "efron", "ally", "weight"),
    spells_weighted_breslow = reference(spell_strata, spells, "breslow", "ally", "weight"),
    spells_rows = reference(spell_formula, spells, "efron")
  ),
  "cox.json", auto_unbox = TRUE, digits = NA, pretty = FALSE
)
