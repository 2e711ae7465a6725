"""Who may do what with the lists."""
