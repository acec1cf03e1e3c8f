"""Heat that a works gives to towns: the temperature graph, hours and days against it, and what stands behind them."""
