#!/bin/sh
# Installs what bench/models.mjs compares with, on Debian or Ubuntu, as root. Nothing else needs it.
set -eu
apt-get update
apt-get install -y --no-install-recommends r-base-core r-base-dev r-cran-mass r-cran-sandwich r-cran-rcpp r-cran-nlme r-cran-formula \
  r-cran-numderiv r-cran-matrix python3-venv
Rscript -e 'install.packages("fixest")' || echo 'fixest could not be had: its cases are left out.'
python3 -m venv "${VENV:=$HOME/.cache/atlas-bench-models}"
"$VENV/bin/pip" install statsmodels pandas
npm install --prefix "${LIBRARIES:=$HOME/.cache/atlas-bench-libraries}" ml-matrix \
  @stdlib/math-base-special-gammaln @stdlib/math-base-special-digamma @stdlib/math-base-special-trigamma
echo "Now: PYTHON=$VENV/bin/python node bench/models.mjs"
echo "and: node bench/models/libraries.mjs $LIBRARIES"
