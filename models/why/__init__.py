"""Why a product's output of one span of days is another than that of another span: parts that sum to the gram."""
