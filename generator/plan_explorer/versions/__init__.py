"""Read earlier versions and compare them."""
