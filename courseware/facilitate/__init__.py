"""What whoever runs a session needs: room codes, the cohort's picture, run-sheets, the kit, cases of their own."""
