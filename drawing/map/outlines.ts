import { geoEqualEarth, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json';
import { areaCodes } from './areas';

type Area = Feature<Geometry, { name: string }>;

/** One area of the map: its path in px, and its alpha-2 code; null where the source gives the area no code. */
export interface Outline {
  iso2: string | null;
  name: string;
  path: string;
}

/** Size of the projected map in px. */
export const mapSize = { width: 960, height: 464 } as const;

const antarctica = '010';
const byName: Readonly<Record<string, string>> = { Kosovo: 'XK' };

let projected: readonly Outline[] | undefined;

/** All areas in Equal Earth projection (Šavrič, Patterson & Jenny 2018), without Antarctica. Natural Earth 1:110m; computed once. */
export function outlines(): readonly Outline[] {
  projected ??= project();
  return projected;
}

function project(): Outline[] {
  const topology = world as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const areas = feature(topology, topology.objects.countries).features.filter((area) => area.id !== antarctica) as Area[];
  const whole: FeatureCollection = { type: 'FeatureCollection', features: areas };
  const extent: [[number, number], [number, number]] = [
    [2, 2],
    [mapSize.width - 2, mapSize.height - 2],
  ];
  const path = geoPath(geoEqualEarth().rotate([-11, 0]).fitExtent(extent, whole)).digits(1);
  return areas
    .map((area) => ({ iso2: codeOf(area), name: area.properties.name, path: path(area) ?? '' }))
    .filter((area) => area.path !== '');
}

function codeOf(area: Area): string | null {
  return areaCodes.get(String(area.id)) ?? byName[area.properties.name] ?? null;
}

/** Codes of the places that are big enough to be drawn. */
export function drawnPlaces(): ReadonlySet<string> {
  return new Set(outlines().flatMap((area) => area.iso2 ?? []));
}
