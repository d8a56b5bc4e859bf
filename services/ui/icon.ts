/** The icon of the page: a folder in the accent color. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
  '<rect width="16" height="16" rx="3" fill="#1d4fd8"/>' +
  '<path d="M3.5 5.2c0-.6.4-1 1-1h2.3l1.3 1.4h3.4c.6 0 1 .4 1 1v4.2c0 .6-.4 1-1 1h-7c-.6 0-1-.4-1-1z" fill="#fff"/>' +
  "</svg>";
