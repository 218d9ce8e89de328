"""The pages of single allies: obstacles, leaders, deals, events, outcomes, and why."""
