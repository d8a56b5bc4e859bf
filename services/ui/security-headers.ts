/**
 * The headers of every response. Scripts and styles come from this origin only, none is inline, and no text becomes
 * markup (trusted types). Besides the API, the page connects to the bucket, for presigned URLs. Files are shown as
 * images, media and PDF documents, which cannot run scripts of this origin.
 *
 * @param bucketOrigin the origin of presigned URLs
 */
export const securityHeaders = (bucketOrigin: string): Readonly<Record<string, string>> => ({
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${bucketOrigin}`,
    `img-src 'self' blob: ${bucketOrigin}`,
    `media-src blob: ${bucketOrigin}`,
    "frame-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
});
