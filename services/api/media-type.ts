export const DEFAULT_TYPE = "application/octet-stream";
/** A media type (RFC 9110) in ASCII, short enough for the metadata of S3. */
export const mediaType = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(\s*;[\x20-\x7e]{0,512})?$/;
