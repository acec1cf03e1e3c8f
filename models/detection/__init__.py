"""What each unit does, and when output dropped.

Who feeds whom: what is seen of a unit becomes `unit_evidence`; with the rules and the clock it is a `situation`;
`unit_watch` judges it by `data_faults`, `stop_rules` and `slow_rules`; `group_watch` judges units that share work;
`works_watch` adds causes and gives a `unit_status` and `finding`s; `state_row` and `sentences` tell them.
"""
