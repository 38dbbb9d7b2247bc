import fc from 'fast-check';
import { identifier, join, raw, sql, type Sql } from '../../dag/sql';

test('values are bound and never spliced, also when they look like SQL', () => {
  const statement = sql`select ${"'; drop table a"}, ${null}, ${[1, 2]} from t where $tag = 1`;
  expect(statement).toEqual({ text: 'select $1, $2, $3 from t where $tag = 1', values: ["'; drop table a", null, [1, 2]] });
});

test('nested pieces and relations are renumbered behind what stands before them', () => {
  const inner = sql`a = ${1} and b = any(${[2]})`;
  const relation = { relation: sql`(select * from t where c = ${3})` };
  expect(sql`select ${0} from ${relation} where ${inner} or ${inner} limit ${4}`).toEqual({
    text: 'select $1 from (select * from t where c = $2) where a = $3 and b = any($4) or a = $5 and b = any($6) limit $7',
    values: [0, 3, 1, [2], 1, [2], 4],
  });
});

test('joined pieces keep their values, more than nine of them too', () => {
  const pieces = Array.from({ length: 12 }, (_, index) => sql`x = ${index}`);
  const { text, values } = sql`${'first'}, ${join(pieces, ' or ')}`;
  expect(text).toBe(`$1, ${pieces.map((_, index) => `x = $${index + 2}`).join(' or ')}`);
  expect(values).toEqual(['first', ...pieces.keys()]);
});

test('raw text binds nothing, identifiers are quoted', () => {
  expect(sql`select ${raw(identifier('a "b"'))}`).toEqual({ text: 'select "a ""b"""', values: [] });
});

/** A template as a tree: texts between values, some of which are templates themselves. */
type Tree = { readonly texts: readonly string[]; readonly values: readonly (number | Tree)[] };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .array(
      fc.tuple(fc.stringMatching(/^[a-z ]{0,5}$/), fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.integer(), tie('tree'))),
      {
        maxLength: 6,
      },
    )
    .map((items) => ({ texts: [...items.map(([text]) => text), 'end'], values: items.map(([, value]) => value as number | Tree) })),
}));

function template(texts: readonly string[], values: readonly unknown[]): Sql {
  return sql(Object.assign([...texts], { raw: texts }), ...values);
}

function nested({ texts, values }: Tree): Sql {
  return template(
    texts,
    values.map((value) => (typeof value === 'number' ? value : nested(value))),
  );
}

/** The same template written by hand as one. */
function flat({ texts, values }: Tree): { texts: string[]; values: number[] } {
  const made = { texts: [texts[0]!], values: [] as number[] };
  values.forEach((value, index) => {
    const inner = typeof value === 'number' ? { texts: ['', ''], values: [value] } : flat(value);
    made.texts[made.texts.length - 1] += inner.texts[0]!;
    made.texts.push(...inner.texts.slice(1));
    made.values.push(...inner.values);
    made.texts[made.texts.length - 1] += texts[index + 1]!;
  });
  return made;
}

test('a nested template equals the flat one', () => {
  fc.assert(
    fc.property(tree, (made) => {
      const written = flat(made);
      expect(nested(made)).toEqual(template(written.texts, written.values));
    }),
  );
});
