"""Who may sign in at the desk: users, passwords and sessions, in a file of their own."""
