"""Where does mail go that must not leave the house? Into a folder, where staff read it: the demonstration's post."""
