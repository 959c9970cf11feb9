((root) => {
  const key = `${root.dataset.course}:1:appearance`;
  let mode = null;
  try {
    mode = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  } catch {
    // Storage is closed: follow the device.
  }
  root.dataset.mode = mode === "light" || mode === "dark" ? mode : "auto";
  const dark = root.dataset.mode === "dark" ||
    (root.dataset.mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
})(document.documentElement);
