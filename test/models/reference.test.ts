import { fitCountModel, type CountFit, type ModelData, type ModelSpec, type NumberColumn, type StandardErrors } from '../../methods/models';
import { factor, inverse } from '../../methods/models/linear/cholesky';
import { differences, find, relative, type Numbers } from './check';
import { describeWithData, readCsv, readExpected } from './shared-data';

interface Block {
  readonly ll: number;
  readonly llPoisson?: number;
  readonly lnalpha?: number;
  readonly alpha?: number;
  readonly b: Numbers;
  readonly se: Numbers;
  readonly seRobust?: Numbers;
  readonly seCluster?: Numbers;
  readonly seClusterPid?: Numbers;
  readonly seGroupRobust?: Numbers;
}

type Reference = Readonly<Record<'biochemists' | 'ships_plain' | 'ships_exposure', { reference: Block; published: Block & Numbers }>> & {
  readonly biochemists: { readonly expectedInformationSE: Numbers };
  readonly hhg_panel: {
    readonly reference: Block;
    readonly published: Block;
    readonly withYearDummies: { readonly reference: Block; readonly published: Block };
    readonly unconditional: Block;
    readonly unconditionalWithYears: Block;
    readonly poissonFixedEffects: { ll: number; b: Numbers; seModel: Numbers; seClusterPid: Numbers };
  };
};

const tight = { b: 1e-9, se: 1e-9 };

async function fits(data: ModelData, spec: ModelSpec, errors: readonly StandardErrors[]): Promise<CountFit[]> {
  const all: CountFit[] = [];
  for (const se of errors) all.push(await fitCountModel(data, { ...spec, se }));
  return all;
}

describeWithData('NB2 against 40-digit solutions and published output', () => {
  test('biochemists: estimates, two kinds of standard errors, and the test against Poisson', async () => {
    const { reference, published } = readExpected<Reference>().biochemists;
    const spec = { model: 'nb2', formula: 'art ~ fem + mar + kid5 + phd + ment' } as const;
    const [oim, robust] = await fits(readCsv('biochemists.csv'), spec, ['oim', 'robust']);
    expect(oim!).toMatchObject({ n: 915, groups: null, converged: true, se: 'oim', warnings: [] });
    expect(relative(oim!.logLik, reference.ll)).toBeLessThan(1e-12);
    expect(relative(oim!.logLikPoisson!, reference.llPoisson!)).toBeLessThan(1e-12);
    expect(differences(oim!, reference, tight)).toEqual([]);
    expect(differences(robust!, { b: reference.b, se: reference.seRobust! }, tight)).toEqual([]);
    expect(oim!.overdispersion!.statistic).toBeCloseTo(published.chibar2!, 1);
    expect(oim!.overdispersion!.p).toBeGreaterThan(0);
    expect(oim!.alpha).toBeCloseTo(published.alpha!, 7);
    for (const [name, value] of Object.entries(published.b)) expect(find(oim!, name).estimate).toBeCloseTo(value, 7);
    for (const [name, value] of Object.entries(published.se)) expect(find(oim!, name).se).toBeCloseTo(value, 7);
  });

  test('biochemists: the expected-information standard errors that glm.nb prints follow from the estimates', async () => {
    const names = ['fem', 'mar', 'kid5', 'phd', 'ment'];
    const data = readCsv('biochemists.csv');
    const fit = await fitCountModel(data, { model: 'nb2', formula: `art ~ ${names.join(' + ')}` });
    const columns = names.map((name) => (data.columns.get(name) as NumberColumn).values);
    const information = new Float64Array(36);
    for (let row = 0; row < data.rows; row++) {
      const x = [1, ...columns.map((values) => values[row]!)];
      const mu = Math.exp(fit.coefficients.reduce((sum, { estimate }, k) => sum + estimate * x[k]!, 0));
      for (let i = 0; i < 36; i++) information[i]! += (x[Math.floor(i / 6)]! * x[i % 6]! * mu) / (1 + fit.alpha! * mu);
    }
    const covariance = inverse(factor(information, 6)!);
    const expected = readExpected<Reference>().biochemists.expectedInformationSE;
    ['_cons', ...names].forEach((name, k) => expect(Math.sqrt(covariance[k * 7]!)).toBeCloseTo(expected[name]!, 6));
  });

  test.each(['ships_plain', 'ships_exposure'] as const)('%s: missing rows, exposure, three kinds of standard errors', async (name) => {
    const { reference, published } = readExpected<Reference>()[name];
    const data = readCsv('ships.csv');
    // The published sample leaves out rows without service, whether or not the model uses it.
    const exposure = name === 'ships_exposure' ? 'service' : undefined;
    const spec: ModelSpec = { model: 'nb2', formula: 'accident ~ yr_con + op_75_79', exposure };
    const [oim, robust, cluster] = await fits(data, spec, ['oim', 'robust', { cluster: 'ship' }]);
    expect(oim!).toMatchObject({ n: 34, converged: true, dropped: { missing: 6 } });
    expect(cluster!).toMatchObject({ clusters: 5, se: 'cluster:ship' });
    expect(relative(oim!.logLik, reference.ll)).toBeLessThan(1e-12);
    expect(relative(oim!.logLikConstant!, published.ll_constant_only!)).toBeLessThan(1e-9);
    expect(differences(oim!, reference, tight)).toEqual([]);
    expect(differences(robust!, { se: reference.seRobust! }, tight)).toEqual([]);
    expect(differences(cluster!, { se: reference.seCluster! }, tight)).toEqual([]);
    // Half of the upper tail of χ² with one degree of freedom.
    if (published.chibar2 !== undefined) expect(relative(oim!.overdispersion!.p, 1.36850996406e-5)).toBeLessThan(1e-8);
    const se = Object.fromEntries(Object.entries(published.se ?? {}).filter(([term]) => term !== 'alpha'));
    expect(differences(oim!, { b: published.b, se }, { b: 1e-6, se: 1e-6 })).toEqual([]);
    const errors = [
      [robust!, published.seRobust],
      [cluster!, published.seCluster],
    ] as const;
    for (const [fit, printed] of errors) expect(differences(fit, { se: printed }, { b: 1e-6, se: 1e-6 })).toEqual([]);
  });
});

describeWithData('Fixed effects on a panel, against 40-digit solutions and Stata', () => {
  const sample = { n: 228, groups: 38, converged: true, dropped: { allZeroGroups: 12, singletonGroups: 0 } };
  const se = { b: 1e-9, se: 1e-8 };

  test('nb-hhg, plain and with years; robust by group', async () => {
    const { reference, published, withYearDummies } = readExpected<Reference>().hhg_panel;
    const data = readCsv('hhg_panel.csv');
    const spec = { model: 'nb-hhg', formula: 'y ~ z1 + z2', group: 'pid' } as const;
    const [oim, robust, clustered] = await fits(data, spec, ['oim', 'robust', { cluster: 'pid' }]);
    expect(oim!).toMatchObject(sample);
    expect(relative(oim!.logLik, reference.ll)).toBeLessThan(1e-12);
    expect(Math.abs(oim!.logLik - published.ll)).toBeLessThan(1e-8);
    expect(differences(oim!, reference, se)).toEqual([]);
    for (const fit of [robust!, clustered!]) expect(differences(fit, { se: reference.seGroupRobust! }, se)).toEqual([]);
    expect(differences(oim!, published, { b: 1e-7, se: 1e-7 })).toEqual([]);
    const years = await fitCountModel(data, { ...spec, formula: 'y ~ z1 + z2 + factor(year)' });
    expect(differences(years, withYearDummies.reference, se)).toEqual([]);
    expect(differences(years, withYearDummies.published, { b: 1e-7, se: 1e-7 })).toEqual([]);
    expect(relative(years.logLik, withYearDummies.reference.ll)).toBeLessThan(1e-12);
  });

  test('nb2-fe, clustered on the group unless asked otherwise', async () => {
    const { unconditional, unconditionalWithYears } = readExpected<Reference>().hhg_panel;
    const data = readCsv('hhg_panel.csv');
    const spec = { model: 'nb2-fe', formula: 'y ~ z1 + z2', group: 'pid' } as const;
    const [oim, robust] = await fits(data, spec, ['oim', 'robust']);
    const clustered = await fitCountModel(data, spec);
    expect(oim!).toMatchObject(sample);
    expect(clustered.se).toBe('cluster:pid');
    expect(relative(oim!.logLik, unconditional.ll)).toBeLessThan(1e-12);
    expect(relative(oim!.alpha!, unconditional.alpha!)).toBeLessThan(1e-9);
    expect(differences(oim!, unconditional, se)).toEqual([]);
    expect(differences(robust!, { se: unconditional.seRobust! }, se)).toEqual([]);
    expect(differences(clustered, { se: unconditional.seClusterPid! }, se)).toEqual([]);
    const years = await fitCountModel(data, { ...spec, formula: 'y ~ z1 + z2 + factor(year)', se: 'oim' });
    expect(differences(years, unconditionalWithYears, se)).toEqual([]);
  });

  test('poisson-fe', async () => {
    const { ll, b, seModel, seClusterPid } = readExpected<Reference>().hhg_panel.poissonFixedEffects;
    const data = readCsv('hhg_panel.csv');
    const spec = { model: 'poisson-fe', formula: 'y ~ z1 + z2', group: 'pid' } as const;
    const [oim, clustered] = await fits(data, spec, ['oim', { cluster: 'pid' }]);
    expect(oim!).toMatchObject({ ...sample, alpha: null, overdispersion: null });
    expect(relative(oim!.logLik, ll)).toBeLessThan(1e-11);
    // The reference's own standard errors are those of a step before its last, 2e-8 off: the others were solved with 40 digits.
    expect(differences(oim!, { b, se: { z1: 0.04378420631243076, z2: 0.15340396743931195 } }, { b: 1e-9, se: 1e-12 })).toEqual([]);
    expect(differences(oim!, { se: seModel }, { b: 1e-9, se: 2e-8 })).toEqual([]);
    expect(differences(clustered!, { se: { z1: 0.046599118534263225, z2: 0.32257802532554914 } }, { b: 1e-9, se: 1e-12 })).toEqual([]);
    expect(differences(clustered!, { se: seClusterPid }, { b: 1e-9, se: 4e-8 })).toEqual([]);
  });
});
