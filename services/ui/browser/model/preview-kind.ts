/** How a file is shown. */
export type PreviewKind = "image" | "text" | "pdf" | "audio" | "video" | "none";

const imageTypes = /^image\/(png|jpeg|gif|webp|avif|svg\+xml|bmp|x-icon|vnd\.microsoft\.icon)$/;
const textTypes = /^(text\/|application\/(json|xml|yaml|x-yaml|toml|javascript|x-sh|sql|.+\+(json|xml))$)/;
/** Types that say nothing, for which the name decides. */
const unknownTypes = /^(application|binary)\/octet-stream$/;

const byExtension: Readonly<Record<Exclude<PreviewKind, "none">, RegExp>> = {
  image: /\.(png|jpe?g|gif|webp|avif|svg|bmp|ico)$/i,
  pdf: /\.pdf$/i,
  audio: /\.(mp3|m4a|aac|ogg|oga|opus|wav|flac)$/i,
  video: /\.(mp4|m4v|webm|mov|ogv)$/i,
  text: /\.(txt|md|csv|tsv|log|json|jsonl|xml|ya?ml|toml|ini|conf|env|sql|sh|[cm]?[jt]sx?|css|html?|py|go|rs|java|rb|php|c|h|cpp|tf|svg)$/i,
};

/**
 * How a file is shown, by its type, or by its name when the type says nothing. Text is never interpreted: HTML is shown
 * as its source.
 */
export function previewKindOf(type: string, name: string): PreviewKind {
  const media = type.split(";")[0]?.trim().toLowerCase() ?? "";
  if (imageTypes.test(media)) return "image";
  if (media === "application/pdf") return "pdf";
  if (media.startsWith("audio/")) return "audio";
  if (media.startsWith("video/")) return "video";
  if (textTypes.test(media)) return "text";
  if (!unknownTypes.test(media)) return "none";
  const kinds = Object.entries(byExtension) as [Exclude<PreviewKind, "none">, RegExp][];
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? "none";
}
