# Times one fit of a peer: Rscript peers.R DATA.csv CASE ROUNDS. First line of JSON on stdout; data is read before the clock runs.
arguments <- commandArgs(trailingOnly = TRUE)
data <- read.csv(arguments[1])
for (name in c("region", "year", "outlet", "country")) data[[name]] <- factor(data[[name]])
rounds <- as.integer(arguments[3])

if (grepl("^fenegbin", arguments[2])) {
  suppressMessages(library(fixest))
  setFixest_nthreads(1)
} else {
  suppressMessages(library(MASS))
}
quietly <- function(expression) suppressWarnings(suppressMessages(expression))

raw <- if (grepl("^sandwich", arguments[2])) quietly(glm.nb(y ~ region + year, data = data)) else NULL
work <- switch(arguments[2],
  "fenegbin-regions" = function() fenegbin(y ~ region | year, data = data),
  "fenegbin-outlets" = function() fenegbin(y ~ region | year + outlet, data = data),
  "fenegbin-countries" = function() fenegbin(y ~ intl + authors | country + year, data = data),
  "glm.nb-raw" = function() glm.nb(y ~ region + year, data = data),
  "glm.nb-aggregated" = function() {
    cells <- aggregate(list(n = rep(1, nrow(data))), data[c("y", "region", "year")], sum)
    glm.nb(y ~ region + year, data = cells, weights = n)
  },
  "glm.nb-cells" = {
    # The aggregation made beforehand and not timed, as a user who keeps the table of counts would have it.
    cells <- aggregate(list(n = rep(1, nrow(data))), data[c("y", "region", "year")], sum)
    function() glm.nb(y ~ region + year, data = cells, weights = n)
  },
  "sandwich-robust" = function() sandwich::sandwich(raw),
  "sandwich-cluster" = function() sandwich::vcovCL(raw, cluster = data$outlet),
  stop("Expected a case of bench/models/peers.R")
)

times <- numeric(rounds)
for (round in seq_len(rounds)) {
  invisible(gc())
  times[round] <- sum(system.time(result <- quietly(work()))[c("user.self", "sys.self")])
}
estimate <- if (is.matrix(result)) sqrt(result["region1", "region1"]) else coef(result)[[if (grepl("countries", arguments[2])) "intl" else "region1"]]
package <- if (grepl("^fenegbin", arguments[2])) "fixest" else if (grepl("^sandwich", arguments[2])) "sandwich" else "MASS"
cat(sprintf('{"cold":%.4f,"warm":%.4f,"estimate":%.12g,"version":"%s %s"}\n', times[1], min(times[-1], times[1]), estimate, package, packageVersion(package)))
