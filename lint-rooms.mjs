/** Which room may import which, as docs/architecture.md draws it. One table; everything not listed is refused. */
const rooms = {
  dag: [],
  methods: [],
  drawing: [],
  config: ['dag'],
  clients: [],
  store: ['dag', 'config'],
  stack: ['config'],
  activities: ['store', 'clients', 'methods', 'drawing', 'config', 'dag'],
  workflows: ['dag'],
  worker: ['workflows', 'activities', 'store', 'clients', 'config', 'dag'],
  cli: ['dag', 'methods', 'drawing', 'config', 'clients', 'store', 'stack', 'activities', 'workflows'],
  simulator: [],
  site: ['drawing'],
};

/** Rooms of which only types may be imported. */
const typesOnly = { workflows: ['activities'], clients: ['config'] };

const everyRoom = Object.keys(rooms);
const inside = (names) => `^(\\.\\./)+(${names.join('|')})(/|$)`;

function rule(room) {
  const allowed = [room, ...rooms[room]];
  const types = typesOnly[room] ?? [];
  const forbidden = everyRoom.filter((name) => !allowed.includes(name) && !types.includes(name));
  const may = allowed.slice(1).join(', ') || 'nothing of ours';
  const patterns = [{ regex: inside(forbidden), message: `${room}/ may import ${may}.` }];
  if (types.length > 0) {
    patterns.push({ regex: inside(types), allowTypeImports: true, message: `${room}/ may import only types from ${types.join(', ')}.` });
  }
  if (room === 'workflows' || room === 'dag') {
    patterns.push({ regex: '^node:(?!crypto$)', message: `${room}/ does no I/O.` });
  }
  // A lazy import() is an import too.
  const lazily = `ImportExpression[source.value=/^(\\.\\.\\u002F)+(${forbidden.join('|')})(\\u002F|$)/]`;
  return {
    files: [`${room}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': ['error', { selector: lazily, message: `${room}/ may import ${may}.` }],
    },
  };
}

export const importRules = everyRoom.map(rule);
