"""What a facilitator prints before a session: an invitation, how to join, a run sheet, and paper ballots."""
