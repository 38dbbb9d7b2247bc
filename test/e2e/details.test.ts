import type { Advance } from '../../activities/engine/types';
import type { AtWork } from '../../workflows/steps-at-work';
import { vintageAt } from '../../activities/engine/vintage';
import { refuseBadCron } from '../../cli/timetable';
import { progressText } from '../../workflows/details';

const state: Advance = {
  run: 7,
  study: 's',
  ready: [],
  hits: 3,
  waiting: ['report/drift'],
  skipped: [],
  failed: [],
  settled: false,
  usd: 0,
};
const at: AtWork = { workflowId: 'w', title: '', done: 4, total: 16, held: null };

describe('the live details of a run', () => {
  it('count each step once, with what needs a person first', () => {
    const held = { until: null, message: 'Put the | back\nnow' };
    const live = new Map([
      ['sample/topic', at],
      ['sample/outlet', { ...at, held }],
    ]);
    const ended = [
      { step: 'source/regions', sealed: { digest: 'd', rows: 1250, warning: null }, failure: null },
      { step: 'source/gazetteer', sealed: null, failure: 'Expected a table,\ngot none.' },
    ];
    const text = progressText(state, { live, ended }, false).replaceAll('\u00a0', '');
    expect(text).toContain('Steps: 3 were current · 1 done · 1 failed · 1 held · 1 at work · 1 waiting');
    expect(text).toContain('| sample/topic | at work | 4 of 16 shards |');
    expect(text).toContain('| sample/outlet | **blocked** | 4 of 16 shards |');
    expect(text).toMatch(/^\*\*sample\/outlet is blocked\.\*\* Put the \| back now Then.*`unblock` with `"sample\/outlet"`/m);
    expect(text).toContain('**source/gazetteer failed.** Expected a table, got none.');
    expect(text).toContain('| source/regions | done | 1,250 rows |');
    expect(text).toContain('Waiting: report/drift');
    expect(progressText(state, { live, ended }, true)).toMatch(/^\*\*Paused\.\*\*/);
  });

  it('say of a run with nothing to do that there was nothing to do, and fit what Temporal keeps', () => {
    const none = { live: new Map(), ended: [] };
    expect(progressText({ ...state, hits: 49, waiting: [], settled: true }, none, false)).toContain(
      'Steps: 49 were current\n\nEvery step is current',
    );
    const many = new Map(
      Array.from({ length: 900 }, (_, index) => [`sample/step-${index}`, { ...at, held: { until: null, message: 'x'.repeat(500) } }]),
    );
    expect(Buffer.byteLength(progressText(state, { live: many, ended: [] }, false))).toBeLessThan(20_000);
  });
});

describe('a schedule', () => {
  it.each(['0 3 1 * *', '@daily', '@every 6h', 'CRON_TZ=Europe/Berlin 0 3 * * MON-FRI', '*/5 0,12 1-7 jan ?'])('takes %s', (cron) => {
    expect(() => {
      refuseBadCron(cron);
    }).not.toThrow();
  });

  it.each(['', 'on', '* * * *', '* * * * * *', '@never', '0 3 1 * $'])('does not take "%s"', (cron) => {
    expect(() => {
      refuseBadCron(cron);
    }).toThrow(/Expected a cron line of five fields/);
  });

  it('has the vintage of the day, in UTC', () => {
    expect(vintageAt('v{yyyy}-{mm}-{dd}', new Date('2026-12-31T23:30:00-05:00'))).toBe('v2027-01-01');
    expect(vintageAt('2026-11', new Date())).toBe('2026-11');
  });
});
