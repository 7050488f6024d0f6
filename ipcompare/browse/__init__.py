"""Browsers of clauses, targets and tables: widgets in JupyterLab, plain HTML everywhere else."""
