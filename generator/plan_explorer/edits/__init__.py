"""Edits of a plan's files as an editor would make them by hand: by place, with every comment kept."""
