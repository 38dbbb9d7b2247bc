import fc from 'fast-check';
import { below, buildGraph } from '../../dag/graph';

interface Node {
  id: string;
  inputs: Record<string, Node>;
}

const node = (id: string, ...inputs: Node[]): Node => ({ id, inputs: Object.fromEntries(inputs.map((input) => [input.id, input])) });

test('two steps with one id are refused by name', () => {
  expect(() => buildGraph([node('sample/a'), node('sample/a')])).toThrow('got two with the id sample/a');
});

test('an input outside the graph is refused, naming both steps and the input', () => {
  const lost = node('source/lost');
  expect(() => buildGraph([{ id: 'sample/a', inputs: { rows: lost } }])).toThrow(
    'Expected input "rows" of sample/a to be a step of this graph, got source/lost.',
  );
});

test('a cycle is refused, naming its steps in order and none before it', () => {
  const [a, b, c] = [node('sample/a'), node('sample/b'), node('sample/c')];
  const outside = node('atlas/reader', a!);
  a!.inputs = { c: c! };
  b!.inputs = { a: a! };
  c!.inputs = { b: b! };
  expect(() => buildGraph([outside, a!, b!, c!])).toThrow('got sample/a → sample/c → sample/b → sample/a.');
});

test('readers are named once, and all that depends on a step is found', () => {
  const source = node('source/a');
  const middle = { id: 'sample/b', inputs: { once: source, again: source } };
  const last = node('atlas/c', middle);
  const graph = buildGraph([last, middle, source, node('atlas/other')]);
  expect(graph.readers.get('source/a')).toEqual(['sample/b']);
  expect([...below(graph, 'source/a')]).toEqual(['source/a', 'sample/b', 'atlas/c']);
});

test('every step stands behind what it reads, in an order that does not depend on the order given', () => {
  const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });
  fc.assert(
    fc.property(edges, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (pairs, order) => {
      const nodes = Array.from({ length: 12 }, (_, index) => node(`sample/${index}`));
      for (const [x, y] of pairs) if (x < y) nodes[y]!.inputs[nodes[x]!.id] = nodes[x]!;
      const { order: sorted } = buildGraph(nodes);
      const at = new Map(sorted.map(({ id }, index) => [id, index]));
      for (const { id, inputs } of nodes) for (const input of Object.keys(inputs)) expect(at.get(input)).toBeLessThan(at.get(id)!);
      const shuffled = nodes.map((item, index) => ({ item, by: order[index]! })).sort((p, q) => p.by - q.by);
      for (const made of nodes) made.inputs = Object.fromEntries(Object.entries(made.inputs).reverse());
      expect(buildGraph(shuffled.map(({ item }) => item)).order).toEqual(sorted);
    }),
  );
});
