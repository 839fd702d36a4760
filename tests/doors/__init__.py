"""The doors of money: what people type and where they come from by hand."""
