"""The parts of the playbook studio: the draft, the form of a criterion, the trial, publishing."""
