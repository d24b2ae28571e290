"""The MkDocs plugin: nothing outside this package knows MkDocs."""
