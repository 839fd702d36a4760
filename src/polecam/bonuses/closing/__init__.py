"""A month on its way to the payroll: statements' figures, totals, promises, receivables, proof."""
