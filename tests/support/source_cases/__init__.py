"""Cases of sources as plant engineers write them: tests/cases/README.md says how."""
