* The primary panel, grouped-duration and Cox models of Underbalance in Stata 14 or newer.
* Base Stata only. Do it in the folder of the project:  do docs/interop/underbalance.do
*
* The panel models are built here from the tables that make leaves in data/processed. For the
* others let Underbalance write the rows first; in a terminal, in the folder of the project:
*
*   for model in commitment delivery adoption agreement pledge lapse delivery_product; do
*     .venv/bin/underbalance design $model --output results/rows/$model.csv
*   done
*
* What the columns are is in results/rows/<model>_codebook.csv.

version 14
set more off
set linesize 100

local obstacles political social
local rivals threat us_troops_per_1000 log_gdp gdp_share
local main
foreach name in `obstacles' `rivals' {
    local main `main' `name'_lag1
}

* ---- Obstacles and rivals: of the year before, per standard deviation of the reference rows ----

use iso3 year in_reference `obstacles' `rivals' using "data/processed/ally_year.dta", clear
foreach name in `obstacles' `rivals' {
    quietly summarize `name' if in_reference == 1
    generate double `name'_lag1 = (`name' - r(mean)) / r(sd)
}
drop in_reference `obstacles' `rivals'
replace year = year + 1
tempfile before
save "`before'"

* ---- Panel models, from the processed tables: two-way fixed effects -------------------------------

capture program drop panel_model
program define panel_model
    args outcome measure last before
    local main political_lag1 social_lag1 threat_lag1 us_troops_per_1000_lag1 log_gdp_lag1 gdp_share_lag1
    import delimited using "data/processed/outcomes/`outcome'.csv", varnames(1) case(preserve) asdouble clear
    if "`outcome'" == "execution" {
        keep if source == "sipri"
    }
    * the sample: formal allies, 1991 to the last year
    keep if is_ally == 1 & inrange(year, 1991, `last')
    merge 1:1 iso3 year using "`before'", keep(master match) nogenerate
    egen unknown = rowmiss(`measure' `main')
    drop if unknown > 0
    * a row that is alone in its ally or its year is fitted exactly by its constant
    local alone 1
    while `alone' > 0 {
        bysort iso3: generate of_ally = _N
        bysort year: generate of_year = _N
        quietly count if of_ally == 1 | of_year == 1
        local alone = r(N)
        drop if of_ally == 1 | of_year == 1
        drop of_ally of_year
    }
    encode iso3, generate(ally)
    * with the constants of the allies as regressors n - k counts them, as in results/estimates;
    * xtreg, fe gives the same coefficients, and smaller errors, as it does not count them
    regress `measure' `main' i.ally i.year, vce(cluster ally)
    xtset ally year
    xtreg `measure' `main' i.year, fe vce(cluster ally)
end

panel_model execution execution_error 2021 "`before'"
panel_model alignment alignment_shift 2021 "`before'"
panel_model sourcing sourcing_shift 2021 "`before'"
panel_model exercises exercises_change 2010 "`before'"

* ---- Durations, from the rows that Underbalance wrote -----------------------------------------------

capture program drop duration_models
program define duration_models
    syntax anything(name=model), event(string) terms(string) [categories(string) clock]
    import delimited using "results/rows/`model'.csv", varnames(1) case(preserve) asdouble clear
    encode iso3, generate(ally)
    local dummies
    foreach name of local categories {
        * a level may look like a number
        tostring `name', replace
        encode `name', generate(of_`name')
        local dummies `dummies' i.of_`name'
    }
    if "`clock'" == "" {
        cloglog `event' `terms' `dummies', vce(cluster ally)
        exit
    }
    * grouped proportional hazards, with a dummy for each group of durations and no constant
    tostring duration_group, replace
    encode duration_group, generate(waited)
    cloglog `event' ibn.waited `dummies' `terms', noconstant vce(cluster ally)
    * Cox models of the same rows: each covers (start, end] and says whether the event came at its end
    stset end_of_interval, failure(`event' == 1) enter(time start_of_interval)
    stcox `terms' `dummies', efron nohr vce(cluster ally)
    stcox `terms' `dummies', breslow nohr vce(cluster ally)
end

duration_models commitment, event(ordered) terms(`main' log_cost) categories(category cohort) clock
duration_models delivery, event(delivered) terms(`main' log_deal_size order_year_uncertain local_production) categories(category order_cohort) clock
duration_models adoption, event(adopted) terms(`main' first_export_uncertain) categories(category cohort) clock
duration_models agreement, event(in_force) terms(`main') categories(cohort) clock
duration_models pledge, event(reached) terms(`main') categories(pledge cohort) clock
duration_models delivery_product, event(delivered) terms(political_x_social_lag1 `main' log_deal_size order_year_uncertain local_production) categories(category order_cohort) clock
duration_models lapse, event(lapsed) terms(political_x_social_lag1 `main' log_cost) categories(category cohort)
