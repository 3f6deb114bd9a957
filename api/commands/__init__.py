"""The commands of ``polemos``, one file each; api/command.py has the table."""
