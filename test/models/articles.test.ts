import { fitCountModel, type ModelSpec } from '../../methods/models';
import { differences, find, relative, type Numbers } from './check';
import { describeWithData, readCsv, readExpected } from './shared-data';

interface Effect {
  readonly b: number;
  readonly se: number;
  readonly seRobust?: number;
  readonly seCluster?: number;
}

interface Case {
  readonly n: number;
  readonly groups?: number;
  readonly ll: number;
  readonly llPoisson?: number;
  readonly lnalpha?: number;
  readonly b: Numbers;
  readonly se: Numbers;
  readonly seRobust?: Numbers;
  readonly seCluster?: Numbers;
  readonly seClusterOutlet?: Numbers;
  readonly seModel?: Numbers;
  readonly intl?: Effect;
  readonly na?: Effect;
  readonly [count: `dropped${string}`]: number;
}

const tolerance = { b: 1e-7, se: 1e-7 };
const regionsAndYears = 'factor(reg) + factor(yr)';

describeWithData('The models of figures 7 and 8A on 20,000 simulated articles', () => {
  const data = readCsv('articles_sim.csv');
  const caseOf = (name: string): Case => readExpected<{ articles_sim: { cases: Record<string, Case> } }>().articles_sim.cases[name]!;
  const fit = (spec: ModelSpec) => fitCountModel(data, spec);

  describe.each(['y', 'yc'] as const)('outcome %s', (outcome) => {
    test('(a) nb2 with regions and years; robust, and clustered on the outlet', async () => {
      const expected = caseOf(`${outcome}_a`);
      const spec = { model: 'nb2', formula: `${outcome} ~ ${regionsAndYears}` } as const;
      const oim = await fit(spec);
      expect(oim).toMatchObject({ n: expected.n, converged: true, warnings: [] });
      expect(relative(oim.logLik, expected.ll)).toBeLessThan(1e-11);
      expect(relative(oim.logLikPoisson!, expected.llPoisson!)).toBeLessThan(1e-11);
      expect(Math.abs(oim.lnAlpha!.estimate - expected.lnalpha!)).toBeLessThan(1e-7 * oim.lnAlpha!.se!);
      expect(differences(oim, expected, tolerance)).toEqual([]);
      expect(differences(await fit({ ...spec, se: 'robust' }), { se: expected.seRobust }, tolerance)).toEqual([]);
      const clustered = await fit({ ...spec, se: { cluster: 'out' } });
      expect(clustered.clusters).toBe(900);
      expect(differences(clustered, { se: expected.seCluster }, tolerance)).toEqual([]);
    });

    test('(b) nb2-fe with outlets', async () => {
      const expected = caseOf(`${outcome}_b_unconditional`);
      const spec = { model: 'nb2-fe', formula: `${outcome} ~ ${regionsAndYears}`, group: 'out' } as const;
      const oim = await fit({ ...spec, se: 'oim' });
      expect(oim).toMatchObject({ n: expected.n, groups: expected.groups, dropped: { allZeroGroups: expected.droppedZeroObs } });
      expect(oim.drops.find(({ reason }) => reason === 'allZeroGroups')?.names).toHaveLength(expected.droppedZeroGroups!);
      expect(relative(oim.logLik, expected.ll)).toBeLessThan(1e-11);
      expect(differences(oim, expected, tolerance)).toEqual([]);
      expect(differences(await fit(spec), { se: expected.seClusterOutlet }, tolerance)).toEqual([]);
    });

    test('(b) nb-hhg with outlets', async () => {
      const expected = caseOf(`${outcome}_b_hhg`);
      const hhg = await fit({ model: 'nb-hhg', formula: `${outcome} ~ ${regionsAndYears}`, group: 'out' });
      expect(hhg).toMatchObject({
        ...{ n: expected.n, groups: expected.groups, se: 'oim' },
        dropped: { singletonGroups: expected.droppedSingletonGroups, allZeroGroups: expected.droppedZeroObs },
      });
      expect(hhg.drops.find(({ reason }) => reason === 'allZeroGroups')?.names).toHaveLength(expected.droppedZeroGroups!);
      expect(relative(hhg.logLik, expected.ll)).toBeLessThan(1e-11);
      expect(differences(hhg, expected, tolerance)).toEqual([]);
    });

    test('(b) poisson-fe with outlets', async () => {
      const expected = caseOf(`${outcome}_b_poisson`);
      const spec = { model: 'poisson-fe', formula: `${outcome} ~ ${regionsAndYears}`, group: 'out' } as const;
      const clustered = await fit(spec);
      expect(clustered).toMatchObject({ n: expected.n, converged: true });
      expect(relative(clustered.logLik, expected.ll)).toBeLessThan(1e-11);
      expect(differences(clustered, { b: expected.b, se: expected.seClusterOutlet }, tolerance)).toEqual([]);
      expect(differences(await fit({ ...spec, se: 'oim' }), { se: expected.seModel }, tolerance)).toEqual([]);
    });

    test('(c) nb2 with countries as dummies', async () => {
      const expected = caseOf(`${outcome}_c`);
      const spec = { model: 'nb2', formula: `${outcome} ~ intl + na + factor(yr) + factor(cty)` } as const;
      const [oim, robust, clustered] = [
        await fit(spec),
        await fit({ ...spec, se: 'robust' }),
        await fit({ ...spec, se: { cluster: 'out' } }),
      ];
      expect(oim).toMatchObject({ n: expected.n, dropped: { allZeroLevels: expected.droppedObs } });
      expect(oim.drops.find(({ reason }) => reason === 'allZeroLevels')?.names).toHaveLength(expected.droppedCountries!);
      expect(relative(oim.logLik, expected.ll)).toBeLessThan(1e-11);
      expect(relative(oim.logLikPoisson!, expected.llPoisson!)).toBeLessThan(1e-11);
      for (const [name, effect] of Object.entries({ intl: expected.intl!, na: expected.na! })) {
        expect(differences(oim, { b: { [name]: effect.b }, se: { [name]: effect.se } }, tolerance)).toEqual([]);
        expect(relative(find(robust, name).se, effect.seRobust!)).toBeLessThan(1e-7);
        expect(relative(find(clustered, name).se, effect.seCluster!)).toBeLessThan(1e-7);
      }
    });

    test('(c) nb-hhg by country', async () => {
      const expected = caseOf(`${outcome}_c_hhg`);
      const hhg = await fit({ model: 'nb-hhg', formula: `${outcome} ~ intl + na + factor(yr)`, group: 'cty' });
      expect(hhg).toMatchObject({
        ...{ n: expected.n, groups: expected.groups },
        dropped: { singletonGroups: expected.droppedSingletons, allZeroGroups: expected.droppedZeroObs },
      });
      expect(relative(hhg.logLik, expected.ll)).toBeLessThan(1e-11);
      for (const [name, { b, se }] of Object.entries({ intl: expected.intl!, na: expected.na! }))
        expect(differences(hhg, { b: { [name]: b }, se: { [name]: se } }, tolerance)).toEqual([]);
    });
  });
});
