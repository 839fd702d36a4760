"""Polecam: recommendations made easy for those who ask for them."""
