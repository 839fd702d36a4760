"""Contested credit: its rules, who reads it, who decides."""
