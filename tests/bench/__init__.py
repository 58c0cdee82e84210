"""How fast the program is and how much memory it takes, each beside a floor measured in the same run."""
