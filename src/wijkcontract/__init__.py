"""wijkcontract: place-based contracts between a government and its municipalities, from call to evaluation."""
