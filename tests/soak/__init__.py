"""A branch lives through faults: `python -m tests.soak` kills it 200 times (`make soak`)."""
