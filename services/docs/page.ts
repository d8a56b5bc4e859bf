import { html } from "../../lib/server/html.ts";

export interface PageAddresses {
  readonly script: string;
  readonly styles: string;
}

/** The page that shows the description of the API. Its script reads the document. */
export const renderPage = ({ script, styles }: PageAddresses): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Files API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styles}">
<script type="module" src="${script}"></script>
</head>
<body>
<header class="page-header"><a href="/ui">Files</a> <a href="/api/openapi.json">OpenAPI document</a></header>
<main id="api"><p role="status">Loading …</p></main>
<noscript><p>This page needs JavaScript. Without it, read <a href="/api/openapi.json">the OpenAPI document</a>.</p></noscript>
</body>
</html>
`.text;
