"""Each rule of law: its setting, who changed it, its proof."""
