import { json, TestHome } from '../atlas';

jest.setTimeout(120_000);

const home = new TestHome();
afterAll(() => home.end());

interface Line {
  readonly part: string;
  readonly ok: boolean;
  readonly from: string;
  readonly version: string | null;
  readonly advice: string | null;
}

async function told(env: Record<string, string>): Promise<{ code: number | null; engines: Line[]; text: string }> {
  const answer = await home.run(['doctor', '--json'], { env });
  const { checks } = json<{ checks: Line[] }>(answer);
  return {
    code: answer.code,
    engines: checks.filter(({ part }) => /^(postgres|temporal)/.test(part)),
    text: answer.stdout + answer.stderr,
  };
}

describe('doctor, with engines that were given', () => {
  it('says of each where it is and its version', async () => {
    const session = await home.hold();
    const { address, namespace } = session.temporal!;
    const env = { ATLAS_DATABASE_URL: await session.database('given'), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
    const { code, engines } = await told(env);
    expect({ code, engines }).toEqual({
      code: 0,
      engines: [
        {
          part: 'postgres',
          required: true,
          ok: true,
          from: expect.stringMatching(/^given .*\/given\)$/) as string,
          version: '18.4',
          advice: null,
        },
        {
          part: 'temporal',
          required: true,
          ok: true,
          from: `given (${address}, namespace ${namespace})`,
          version: expect.stringMatching(/^1\./) as string,
          // These engines were started without the program's search attributes.
          advice: expect.stringContaining('AtlasStatus') as string,
        },
      ],
    });
  });

  it('says what to do where none answers, without the password, and ends with 2', async () => {
    const { code, engines, text } = await told({
      ATLAS_DATABASE_URL: 'postgres://atlas:geheim@127.0.0.1:1/atlas',
      TEMPORAL_ADDRESS: '127.0.0.1:2',
    });
    expect({ code, ok: engines.map(({ ok }) => ok) }).toEqual({ code: 2, ok: [false, false] });
    expect(engines.map(({ advice }) => advice)).toEqual([
      expect.stringMatching(/correct ATLAS_DATABASE_URL .*ECONNREFUSED/),
      expect.stringContaining('correct TEMPORAL_ADDRESS'),
    ]);
    expect(text).not.toContain('geheim');
  });
});
