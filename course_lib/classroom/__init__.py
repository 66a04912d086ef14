"""An instructor's week: a class's folder, its roster, work that comes in, and what to mend."""
