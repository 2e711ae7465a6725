"""What others would do with the same problem: simple rules and general solvers."""
