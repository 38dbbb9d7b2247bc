"""Times statsmodels on regions and years: python peers.py DATA.csv statsmodels ROUNDS. Prints a line of JSON."""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
import statsmodels
from statsmodels.discrete.discrete_model import NegativeBinomial

warnings.simplefilter("ignore")
data = pd.read_csv(sys.argv[1])
dummies = pd.get_dummies(data[["region", "year"]].astype("category"), drop_first=True, dtype=float)
design = np.column_stack([np.ones(len(data)), dummies.to_numpy()])
start = time.process_time()
fit = NegativeBinomial(data["y"].to_numpy(), design).fit(method="bfgs", maxiter=200, disp=0)
taken = time.process_time() - start
print(json.dumps({"cold": taken, "warm": taken, "estimate": float(fit.params[1]), "version": "statsmodels " + statsmodels.__version__}))
