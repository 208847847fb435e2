"""A made class: thirty students whose marks are known beforehand, to try the commands on."""
