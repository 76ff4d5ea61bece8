"""Call Coach: scored reviews of debt-collection and negotiation calls, made on this machine."""
