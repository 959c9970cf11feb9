"""What the exercises share in the browser. JavaScript and CSS, but for `build`, which bundles them."""
