/**
 * Code for the browser as text: the script or style sheet with everything that it imports, compiled and minified by
 * `bundleForBrowser`. esbuild (for the services) and vitest (for their tests) resolve such imports by a plugin.
 */
declare module "*?bundle" {
  const text: string;
  export default text;
}
