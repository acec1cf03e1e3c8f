"""The briefing on paper, on screen and as a document that can be worked on."""
