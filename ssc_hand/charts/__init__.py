"""Charts and colours as plain data: what the screen and the paper both draw from, without Qt."""
