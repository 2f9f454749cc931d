"""Who is meant, and what they may see and do: pure functions of template, company, actor and record."""
