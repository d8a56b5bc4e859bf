import { html } from "../../lib/server/html.ts";

export interface PageAddresses {
  readonly script: string;
  readonly styles: string;
  readonly icon: string;
}

/** The document of the page. Its content is what is visible until the script has loaded, so that it is never empty. */
export const renderPage = ({ script, styles, icon }: PageAddresses): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Files</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${styles}">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="app">
<header class="bar"><span class="brand"><img src="${icon}" alt="" width="20" height="20">Files</span></header>
<main class="loading"><p role="status">Loading …</p></main>
</div>
<noscript><p class="no-script">This page needs JavaScript. Without it, use the API, for example with curl.</p></noscript>
</body>
</html>
`.text;

/** The document for an address below `/ui` that does not exist. */
export const renderNotFound = ({ styles, icon }: PageAddresses): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Page not found – Files</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${styles}">
</head>
<body>
<header class="bar"><a class="brand" href="/ui"><img src="${icon}" alt="" width="20" height="20">Files</a></header>
<main class="message-page"><h1>Page not found</h1>
<p>There is no page at this address.</p>
<p><a class="button primary" href="/ui">Go to your files</a></p></main>
</body>
</html>
`.text;
