"""Which class of gunicorn serves best, in one run: `PARTS=classes make bench`."""
