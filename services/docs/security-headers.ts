/**
 * The headers of the page. Scripts come from this origin only. Swagger UI embeds its icons as data and some of its
 * styles in elements. The page connects to the API, which redirects to the bucket for large files.
 *
 * @param bucketOrigin the origin of presigned URLs
 */
export const securityHeaders = (bucketOrigin: string): Readonly<Record<string, string>> => ({
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${bucketOrigin}`,
    "img-src 'self' data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
});
