"""How well people are recognised, measured on public files whose truth is known."""
