# The primary models of Underbalance in R, from the tables that `make` leaves in data/processed,
# beside the estimates in results/.
#
#   Rscript docs/interop/underbalance.R [FOLDER [FILE]]
#
# FOLDER is that of the project (default: this folder); FILE takes the whole table as CSV. Needed: R 4.0 or
# newer with the packages survival and sandwich, and statmod for the variance model.
# The models are those of config/models.yaml as shipped; change them here as you like. Where R's
# estimates then differ from those in results/, the last column says by how much.

library(survival)
library(sandwich)

arguments <- commandArgs(trailingOnly = TRUE)
run <- if (length(arguments)) arguments[1] else "."
read <- function(path) read.csv(file.path(run, path), na.strings = "", encoding = "UTF-8")
outcome <- function(name) read(sprintf("data/processed/outcomes/%s.csv", name))

# ---- Obstacles and rivals: of the year before, per standard deviation of the reference rows ----

obstacles <- c("political", "social")
rivals <- c("threat", "us_troops_per_1000", "log_gdp", "gdp_share")
ally_year <- read("data/processed/ally_year.csv")
reference <- ally_year$in_reference == 1

standardised <- function(x) (x - mean(x[reference], na.rm = TRUE)) / sd(x[reference], na.rm = TRUE)
# an obstacle that is equal to the median, to nine decimals, is low
low <- function(x) round(x, 9) <= round(median(x[reference], na.rm = TRUE), 9)

before <- data.frame(lapply(ally_year[c(obstacles, rivals)], standardised))
before$political_x_social <- before$political * before$social
before$low_low <- as.numeric(ifelse(is.na(ally_year$political) | is.na(ally_year$social), NA,
                                    low(ally_year$political) & low(ally_year$social)))
names(before) <- paste0(names(before), "_lag1")
before <- cbind(iso3 = ally_year$iso3, year = ally_year$year + 1, before)

# the rows of the sample: formal allies (of a case: in the year in which it began), 1991 to 2021
of_sample <- function(rows, last = 2021) {
  rows <- rows[rows$is_ally == 1 & rows$year >= 1991 & rows$year <= last, ]
  merge(rows, before, by = c("iso3", "year"), all.x = TRUE)
}

complete <- function(rows, columns) rows[complete.cases(rows[columns]), ]

# ---- Outcomes by ally and year: two-way fixed effects ------------------------------------------

panel <- function(rows, y, terms) {
  rows <- several(complete(rows, c(y, terms)))
  fit <- lm(reformulate(c(terms, "factor(iso3)", "factor(year)"), y), rows)
  # n − k counts the constants of allies and years, too
  shown(coef(fit), vcovCL(fit, cluster = rows$iso3, type = "HC1"))[terms, ]
}

# a row that is alone in its ally or its year is fitted exactly by its constant
several <- function(rows) {
  alone <- ave(rows$year, rows$iso3, FUN = length) == 1 |
    ave(rows$year, rows$year, FUN = length) == 1
  if (any(alone)) several(rows[!alone, ]) else rows
}

shown <- function(estimate, covariance) {
  data.frame(term = names(estimate), estimate, std_error = sqrt(diag(covariance)),
             row.names = names(estimate))
}

# ---- The variance of an outcome by ally and year: estimates only -------------------------------

# Smyth's restricted maximum likelihood. The pipeline has clustered standard errors (and a
# bootstrap) for it, for which there is no package in R.
variance <- function(rows, y, terms) {
  rows <- several(complete(rows, c(y, terms)))
  rows <- several(rows[ave(rows$year, rows$iso3, FUN = length) >= 15, ])
  x <- model.matrix(reformulate(c(terms, "factor(iso3)", "factor(year)")), rows)
  # to the last digits that it can reach, of which it warns
  fit <- suppressWarnings(statmod::remlscore(rows[[y]], x, x, tol = 1e-14, maxit = 1000))
  at <- match(terms, colnames(x))
  data.frame(term = c(terms, sprintf("mean[%s]", terms)),
             estimate = c(fit$gamma[at], fit$beta[at]), std_error = NA)
}

# ---- Durations: a row for each year (or month) at risk -----------------------------------------

# one row for each value of the clock from first to last; the event is in the last one
at_risk <- function(cases, clock, first, last, event) {
  first <- rep_len(first, nrow(cases))
  n <- pmax(last - first + 1, 0)
  rows <- cases[rep(seq_along(n), n), ]
  rows[[clock]] <- rep(first, n) + sequence(n) - 1
  rows[[event]] <- as.numeric(rows[[event]] %in% 1 & rows[[clock]] == rep(last, n))
  rows
}

cohort <- function(year) sprintf("%d-%d", year %/% 5 * 5, year %/% 5 * 5 + 4)
families <- read("config/system_families.csv")
category <- function(family) families$category[match(family, families$family)]
log_positive <- function(x) log(ifelse(x > 0, x, NA))

commitment <- within(outcome("commitment"), {
  category <- category(family)
  cohort <- cohort(year)
  log_cost <- log_positive(cost_usd_m)
})
delivery <- subset(read("data/processed/deal_spells.csv"), !for_other_platform %in% 1)
adoption <- within(subset(outcome("adoption"), !export_may_precede_file %in% 1),
                   year <- first_export_year)
agreement <- merge(subset(outcome("agreement"), text_seen == 1 & force_date_known == 1),
                   read("data/raw/agreements.csv")[c("agreement_id", "iso3", "signed")])
pledge <- subset(outcome("pledge"), at_target_at_start == 0)
loss <- subset(outcome("loss"), first_vintage == 1 & !successor_possible %in% 1)

orders <- at_risk(commitment, "clock", 0, commitment$years_to_order, "ordered")
orders$year <- orders$year + orders$clock
adoptions <- at_risk(transform(adoption, cohort = cohort(year), category = category(family)),
                     "clock", pmax(adoption$years_at_entry, 1), adoption$years_to_adoption,
                     "adopted")
adoptions$year <- adoptions$year + adoptions$clock
ratifications <- at_risk(transform(agreement, cohort = cohort(year)), "clock", 0,
                         agreement$months_to_force, "in_force")
ratifications$year <- ratifications$year +
  (as.numeric(substr(ratifications$signed, 6, 7)) - 1 + ratifications$clock) %/% 12
pledges <- at_risk(transform(pledge, cohort = cohort(year)), "clock", 1, pledge$years_to_pledge,
                   "reached")
pledges$year <- pledges$year + pledges$clock
deliveries <- transform(delivery, clock = years_since_order)

# ---- Grouped proportional hazards, and Cox models of the same rows -----------------------------

grouped <- function(rows, event, terms, categories) {
  rows <- varying(complete(rows, c(event, terms, categories)), event, categories)
  first <- if (is.null(rows$clock)) cbind(constant = rep(1, nrow(rows)))
           else dummies("duration", pooled(rows$clock, rows[[event]]), by_first)
  x <- cbind(first, of_categories(rows, categories), as.matrix(rows[terms]))
  fit <- glm(rows[[event]] ~ 0 + x, family = binomial("cloglog"),
             control = list(epsilon = 1e-14, maxit = 100))
  found <- coef(fit)
  names(found) <- colnames(x)
  # times G/(G − 1), and no (n − 1)/(n − k): more rows for a case are no more cases
  shown(found, vcovCL(fit, cluster = rows$iso3, type = "HC0", cadjust = TRUE))
}

cox <- function(rows, event, terms, categories, ties) {
  rows <- varying(complete(rows, c(event, terms, categories)), event, categories)
  x <- cbind(of_categories(rows, categories), as.matrix(rows[terms]))
  fit <- coxph(Surv(rows$clock, rows$clock + 1, rows[[event]]) ~ x, cluster = rows$iso3,
               ties = ties, control = coxph.control(eps = 1e-12, toler.chol = 1e-14, iter.max = 50))
  found <- coef(fit)
  names(found) <- colnames(x)
  allies <- length(unique(rows$iso3))
  # coxph leaves out G/(G − 1), which the pipeline has
  shown(found, vcov(fit) * allies / (allies - 1))
}

# levels in which all rows, or none, have the event say nothing of other terms
varying <- function(rows, event, categories) {
  stuck <- rep(FALSE, nrow(rows))
  for (name in categories) stuck <- stuck | ave(rows[[event]], rows[[name]]) %in% c(0, 1)
  if (any(stuck)) varying(rows[!stuck, ], event, categories) else rows
}

# durations without an event share the dummy of the one before (at the start, of the one after)
pooled <- function(clock, event) {
  events <- tapply(event, clock, sum)
  waiting <- tapply(1 - event, clock, sum)
  begins <- events > 0 & waiting > 0 & c(0, cumsum(events)[-length(events)]) > 0 &
    c(0, cumsum(waiting)[-length(waiting)]) > 0
  group <- 1 + cumsum(begins) - begins[1]
  ends <- tapply(names(events), group, function(own) paste(unique(range_of(own)), collapse = "-"))
  ends[as.character(group)][match(clock, names(events))]
}

range_of <- function(values) values[c(1, length(values))]

# one column for each level, in its order
dummies <- function(name, values, ordered) {
  levels <- ordered(values)
  columns <- outer(values, levels, "==") * 1
  colnames(columns) <- sprintf("%s[%s]", name, levels)
  columns
}

by_first <- function(groups) {
  groups <- unique(groups)
  groups[order(as.numeric(sub("-.*", "", groups)))]
}

but_most_frequent <- function(values) setdiff(sort(unique(values)), names(which.max(table(values))))

of_categories <- function(rows, categories) {
  do.call(cbind, lapply(categories, function(name) {
    dummies(name, as.character(rows[[name]]), but_most_frequent)
  }))
}

# ---- All of them, beside the pipeline's --------------------------------------------------------

lagged <- function(names) paste0(names, "_lag1")
main <- lagged(c(obstacles, rivals))
product <- lagged(c(obstacles, "political_x_social", rivals))
all_low <- lagged(c("low_low", rivals))

beside <- function(spec, estimator, found, file = NULL, kept = NULL) {
  path <- if (is.null(file)) sprintf("results/estimates/%s.csv", spec) else file
  theirs <- read(path)
  theirs <- theirs[theirs$spec_id == spec, ]
  if (!is.null(kept)) theirs <- theirs[theirs$estimator == kept, ]
  # a model that the data cannot carry, as results/estimates say
  if (all(is.na(theirs$estimate))) return(NULL)
  at <- match(found$term, theirs$term)
  data.frame(spec_id = spec, estimator, found, of_pipeline = theirs$estimate[at],
             difference = found$estimate - theirs$estimate[at],
             difference_of_error = found$std_error - theirs$std_error[at], row.names = NULL)
}

panels <- list(
  execution = list(rows = subset(outcome("execution"), source == "sipri"), y = "execution_error"),
  alignment = list(rows = outcome("alignment"), y = "alignment_shift"),
  sourcing = list(rows = outcome("sourcing"), y = "sourcing_shift"),
  exercises = list(rows = outcome("exercises"), y = "exercises_change", last = 2010)
)
with_product <- function(name) if (name %in% c("loss", "lapse")) product else main
events <- list(
  commitment = list(orders, "ordered", "log_cost", c("category", "cohort")),
  delivery = list(deliveries, "delivered",
                  c("log_deal_size", "order_year_uncertain", "local_production"),
                  c("category", "order_cohort")),
  adoption = list(adoptions, "adopted", "first_export_uncertain", c("category", "cohort")),
  agreement = list(ratifications, "in_force", c(), "cohort"),
  pledge = list(pledges, "reached", c(), c("pledge", "cohort")),
  loss = list(loss, "lost", c(), "vintage"),
  lapse = list(subset(commitment, censored == 0), "lapsed", "log_cost", c("category", "cohort"))
)
others <- "results/sensitivity/alternatives.csv"

tables <- list()
add <- function(...) tables[[length(tables) + 1]] <<- beside(...)

for (name in names(panels)) {
  last <- if (is.null(panels[[name]]$last)) 2021 else panels[[name]]$last
  rows <- of_sample(panels[[name]]$rows, last)
  add(name, "panel", panel(rows, panels[[name]]$y, main))
  add(paste0(name, "_low_low"), "panel", panel(rows, panels[[name]]$y, all_low))
}
if (requireNamespace("statmod", quietly = TRUE)) {
  rows <- of_sample(outcome("effort"))
  add("effort", "variance", variance(rows, "effort_growth", main))
  add("effort_low_low", "variance", variance(rows, "effort_growth", all_low))
}
for (name in names(events)) {
  of <- events[[name]]
  rows <- of_sample(of[[1]])
  own <- function(terms) c(terms, of[[3]])
  add(name, "grouped", grouped(rows, of[[2]], own(with_product(name)), of[[4]]))
  if (is.null(rows$clock)) next
  add(paste0(name, "_low_low"), "grouped", grouped(rows, of[[2]], own(all_low), of[[4]]))
  for (ties in c("Efron", "Breslow"))
    add(name, paste("Cox,", ties), cox(rows, of[[2]], own(main), of[[4]], tolower(ties)),
        others, paste("Cox,", ties))
  if (name != "delivery") next
  add("delivery_product", "grouped", grouped(rows, of[[2]], own(product), of[[4]]))
  for (ties in c("Efron", "Breslow"))
    add("delivery_product", paste("Cox,", ties),
        cox(rows, of[[2]], own(product), of[[4]], tolower(ties)), others, paste("Cox,", ties))
}

all_terms <- do.call(rbind, tables)
if (length(arguments) > 1) write.csv(all_terms, arguments[2], row.names = FALSE, na = "")
print(all_terms[grepl("_lag1$", all_terms$term),
                c("spec_id", "estimator", "term", "estimate", "std_error", "difference")],
      row.names = FALSE, digits = 4)
largest <- function(x) max(abs(x), na.rm = TRUE)
cat(sprintf("%d terms compared; largest difference of an estimate %.1e, of a standard error %.1e\n",
            sum(!is.na(all_terms$difference)), largest(all_terms$difference),
            largest(all_terms$difference_of_error)))
