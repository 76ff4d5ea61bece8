"""What follows what in talk about debts: made by ``recipe``."""
