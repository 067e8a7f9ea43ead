"""How is money asked for, written down and accounted for? An act a function, a sort of act a module."""
