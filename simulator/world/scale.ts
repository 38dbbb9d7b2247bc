/** Sizes of a synthetic world. */
export interface Scale {
  name: 'tiny' | 'small';
  baselineFiles: number;
  updateFiles: number;
  recordsPerFile: number;
  conferenceWorks: number;
  /** Mean citing links of a focal article without any planted effect. */
  citationBase: number;
}

const scales: Record<string, Scale> = {
  tiny: { name: 'tiny', baselineFiles: 3, updateFiles: 2, recordsPerFile: 80, conferenceWorks: 160, citationBase: 5 },
  small: { name: 'small', baselineFiles: 12, updateFiles: 2, recordsPerFile: 450, conferenceWorks: 2500, citationBase: 5 },
};

/** The scale of that name; the numbers of the paper would need streaming, which this simulator does not do. */
export function scaleOf(name: string): Scale {
  const scale = scales[name];
  if (scale) return scale;
  const why = name === 'paper' ? ' The paper’s numbers (400,000 articles, 14.5 million links) do not fit a world built in memory.' : '';
  throw new Error(`Expected a scale of ${Object.keys(scales).join(', ')}, got ${name} (--scale).${why} Choose one of those.`);
}
