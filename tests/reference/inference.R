# Cluster jackknife (CRV3) of three estimators: reference numbers.
# Run here, after panel.R, grouped.R and cox.R:  Rscript inference.R
# Reads panel_simulated.csv, grouped_simulated.csv and cox_bladder2.csv; writes inference.json.
#
# Each model is estimated again without each cluster by lm, glm and coxph, and
# V = (G-1)/G sum (b_-g - b)(b_-g - b)'. Effective numbers of clusters come from the
# residuals of a regressor on all other terms.

library(survival)

jackknife <- function(data, cluster, terms, estimate) {
  clusters <- sort(unique(data[[cluster]]))
  g <- length(clusters)
  full <- estimate(data)[terms]
  without <- t(sapply(clusters, function(one) estimate(data[data[[cluster]] != one, ])[terms]))
  off <- sweep(without, 2, full)
  se <- sqrt((g - 1) / g * colSums(off^2))
  list(
    n_clusters = g, estimate = as.list(full), std_error = as.list(setNames(se, terms)),
    p_t_g_1 = as.list(setNames(2 * pt(abs(full) / se, g - 1, lower.tail = FALSE), terms)),
    largest_shift = as.list(setNames(apply(abs(off), 2, max), terms))
  )
}

# Rows alone in their state or year are left out, as panel.fit does.
used_panel <- function(data) {
  data <- data[complete.cases(data), ]
  repeat {
    alone <- ave(data$year, data$iso3, FUN = length) == 1 |
      ave(data$year, data$year, FUN = length) == 1
    if (!any(alone)) return(data)
    data <- data[!alone, ]
  }
}

panel <- used_panel(read.csv("panel_simulated.csv"))
two_way <- y ~ x1 + x2 + factor(iso3) + factor(year)
panel_jackknife <- jackknife(panel, "iso3", c("x1", "x2"), function(d) coef(lm(two_way, d)))

effective <- function(term, other) {
  left <- resid(lm(reformulate(c(other, "factor(iso3)", "factor(year)"), term), panel))
  share <- tapply(left^2, panel$iso3, sum) / sum(left^2)
  1 / sum(share^2)
}
panel_jackknife$effective_clusters <- list(x1 = effective("x1", "x2"), x2 = effective("x2", "x1"))

grouped <- read.csv("grouped_simulated.csv")
grouped$period <- factor(pmin(grouped$years_since_order, 6))
cloglog <- function(d) {
  coef(glm(event ~ 0 + period + social + threat, binomial("cloglog"), d,
           control = glm.control(epsilon = 1e-14, maxit = 100)))
}

bladder <- read.csv("cox_bladder2.csv")
cox <- function(d) {
  coef(coxph(Surv(start, stop, event) ~ rx + size + number, d,
             control = coxph.control(eps = 1e-11, iter.max = 50)))
}

jsonlite::write_json(
  list(
    software = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
    panel = panel_jackknife,
    grouped = jackknife(grouped, "ally", c("social", "threat"), cloglog),
    cox = jackknife(bladder, "id", c("rx", "size", "number"), cox)
  ),
  "inference.json", auto_unbox = TRUE, digits = NA, pretty = TRUE
)
