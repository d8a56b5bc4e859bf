import type { MapCallView, MapServiceView, ServiceMapView } from "../../trace-views.ts";
import { h, svg } from "../dom.ts";
import { formatCount, formatDuration, plural } from "../format.ts";
import { badge, link, type Tone, table } from "../parts.ts";

/** A drawing of the services and their calls, and the same as a table. */
export function serviceMap(map: ServiceMapView): HTMLElement {
  return h("div", { class: "stack" }, drawing(map), serviceTable(map.services));
}

function drawing({ width, height, box, services, calls }: ServiceMapView): HTMLElement {
  const arrow = svg(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
    svg("path", { d: "M0 0.500 7.500 4 0 7.500z", class: "arrow-head" }),
  );
  return h(
    "div",
    { class: "map card", tabindex: 0, role: "region", "aria-label": "Service map" },
    svg(
      "svg",
      { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Services and their calls" },
      svg("defs", {}, arrow),
      calls.map(callArrow),
      services.map((service) => serviceBox(service, box)),
    ),
  );
}

function serviceBox(service: MapServiceView, { width, height }: ServiceMapView["box"]): SVGElement {
  const { x, y, name, type, requests } = service;
  return svg(
    "foreignObject",
    { x, y, width, height },
    link(
      { service: name, view: undefined },
      { class: `map-service ${toneOf(service)}`, title: `Traces of ${name}` },
      h("span", { class: "strong" }, name),
      h("span", { class: "muted" }, type ?? "service"),
      h("span", { class: "map-figures" }, [plural(requests, "request"), failures(service)].filter(Boolean).join(" · ")),
    ),
  );
}

function callArrow({ points, requests, meanMilliseconds, isLink, ...call }: MapCallView): SVGElement {
  const [first, ...others] = points;
  const middle = points[Math.floor(points.length / 2)];
  const path = [`M${first?.x} ${first?.y}`, ...others.map(({ x, y }) => `L${x} ${y}`)].join(" ");
  const figures = [formatCount(requests), duration(meanMilliseconds)].filter(Boolean).join(" · ");
  return svg(
    "g",
    { class: `map-call ${call.faults > 0 ? "bad" : call.errors > 0 ? "warning" : ""} ${isLink ? "link" : ""}` },
    svg("path", { d: path, "marker-end": "url(#arrow)" }),
    svg("text", { x: middle?.x, y: (middle?.y ?? 0) - 5, "text-anchor": "middle" }, figures),
  );
}

function serviceTable(services: readonly MapServiceView[]): HTMLElement {
  return table(
    services,
    [
      { label: "Service", cell: ({ name }) => link({ service: name, view: undefined }, { class: "strong" }, name) },
      { label: "Type", cell: ({ type }) => h("span", { class: "mono muted" }, type ?? "") },
      { label: "Requests", numeric: true, cell: ({ requests }) => formatCount(requests) },
      { label: "Errors", numeric: true, cell: ({ errors }) => count(errors, "warning") },
      { label: "Faults", numeric: true, cell: ({ faults }) => count(faults, "bad") },
      { label: "Mean", numeric: true, cell: ({ meanMilliseconds }) => duration(meanMilliseconds) },
    ],
    { label: "Services", key: ({ id }) => id },
  );
}

function count(number: number, tone: Tone): HTMLElement | string {
  return number === 0 ? "0" : badge(formatCount(number), tone);
}

function failures({ errors, faults }: MapServiceView): string {
  return [errors > 0 && plural(errors, "error"), faults > 0 && plural(faults, "fault")].filter(Boolean).join(" · ");
}

function toneOf({ errors, faults }: MapServiceView): Tone {
  if (faults > 0) return "bad";
  return errors > 0 ? "warning" : "good";
}

function duration(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "" : formatDuration(milliseconds);
}
