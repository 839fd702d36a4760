"""Pages: trying a plan out on a past or possible period."""
