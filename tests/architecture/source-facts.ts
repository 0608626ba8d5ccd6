// Reads the facts that the architecture rules judge out of one TypeScript source. It judges nothing itself.
import { parseSync } from 'vite';

export interface ImportFact {
  readonly specifier: string;
  readonly line: number;
}

export type Use = 'process.env' | 'process.exit' | 'console' | 'module-level let';

export interface UseFact {
  readonly use: Use;
  readonly line: number;
}

export interface SourceFacts {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly ImportFact[];
  readonly uses: readonly UseFact[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const each of value) yield* walk(each);
  } else if (isNode(value)) {
    yield value;
    for (const each of Object.values(value)) yield* walk(each);
  }
}

const importingTypes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** What a member access names, `process.env` and `process['env']` alike. */
function memberName(node: Node): string | undefined {
  const { object, property } = node;
  if (node.type !== 'MemberExpression' || !isNode(object) || !isNode(property)) return undefined;
  if (object.type !== 'Identifier') return undefined;
  const name = property.type === 'Literal' ? property.value : property.name;
  return `${String(object.name)}.${String(name)}`;
}

function useOf(node: Node): Use | undefined {
  const member = memberName(node);
  if (member === 'process.env' || member === 'process.exit') return member;
  if (member?.startsWith('console.')) return 'console';
  return undefined;
}

/** `import { env } from 'node:process'` reads the environment under another spelling. */
function processImports(node: Node): Use[] {
  const { source, specifiers } = node;
  if (node.type !== 'ImportDeclaration' || !isNode(source) || !Array.isArray(specifiers)) return [];
  if (source.value !== 'node:process' && source.value !== 'process') return [];
  return specifiers.flatMap((specifier: unknown): Use[] => {
    const imported = isNode(specifier) ? specifier.imported : undefined;
    const name = isNode(imported) ? imported.name : undefined;
    if (name === 'env') return ['process.env'];
    return name === 'exit' ? ['process.exit'] : [];
  });
}

function moduleLevelLets(program: { body: unknown[] }): Node[] {
  return program.body.filter(isNode).flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return isNode(declaration) && declaration.type === 'VariableDeclaration' && declaration.kind === 'let'
      ? [declaration]
      : [];
  });
}

export function readFacts(path: string, text: string): SourceFacts {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message ?? 'unknown error'}`);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const imports: ImportFact[] = [];
  const uses: UseFact[] = moduleLevelLets(program).map(({ start }) => ({
    use: 'module-level let',
    line: lineAt(start),
  }));
  for (const node of walk(program)) {
    const source = importingTypes.has(node.type) ? node.source : undefined;
    if (isNode(source) && typeof source.value === 'string') {
      imports.push({ specifier: source.value, line: lineAt(node.start) });
    }
    const use = useOf(node);
    for (const each of use === undefined ? processImports(node) : [use])
      uses.push({ use: each, line: lineAt(node.start) });
  }
  return { path, lineCount: text.split('\n').length - 1, imports, uses };
}
