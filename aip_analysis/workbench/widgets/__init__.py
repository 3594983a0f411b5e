"""What is chosen and filled in with controls, in JupyterLab."""
