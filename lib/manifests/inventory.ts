// config/inventory.yaml: what was observed of the providers, as data.
import { InputError } from '../input/error';
import { closed, schemaOf } from '../input/schema';
import type { Inventory, Provider } from '../liqo/inventory';
import { MAPPING_STRATEGIES, type NamespaceMappingStrategy } from '../liqo/namespace-offloading';
import { labelKeyProblem, labelValueProblem } from '../selector/labels';
import { readData, type DataDocument } from './data';
import { KUBECTL, type Live } from './live-inventory';
import { writeManifest } from './write';

/** The file, from the project's folder. */
export const INVENTORY = 'config/inventory.yaml';

/** The file's own form, as its schema has checked it. */
interface Written {
  readonly complete?: boolean;
  readonly providers: readonly {
    readonly id: string;
    readonly acceptedMappingStrategies?: readonly NamespaceMappingStrategy[];
    readonly virtualNodes: readonly {
      readonly name: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly createNode?: boolean;
    }[];
  }[];
}

/** schemas/v1/inventory.json is made of it, so the descriptions are what an editor shows. */
export const INVENTORY_SCHEMA = closed(['providers'], {
  complete: {
    type: 'boolean',
    description: 'No other provider exists: what matches none of these matches nothing. false by default.',
  },
  providers: {
    type: 'array',
    items: closed(['id', 'virtualNodes'], {
      id: { type: 'string', format: 'dns-1123-label', description: "The provider's Liqo cluster ID." },
      acceptedMappingStrategies: {
        type: 'array',
        minItems: 1,
        items: { enum: MAPPING_STRATEGIES },
        description: 'What the provider accepts; all by default.',
      },
      virtualNodes: {
        type: 'array',
        minItems: 1,
        items: closed(['name'], {
          name: { type: 'string', format: 'dns-1123-subdomain' },
          labels: {
            type: 'object',
            additionalProperties: { type: 'string' },
            description: 'Labels of its Node. Those that every virtual node has can be left out.',
          },
          createNode: {
            type: 'boolean',
            description: 'false: no Node stands behind it, and only its own labels count. true by default.',
          },
        }),
      },
    }),
  },
});

const WRITTEN = schemaOf<Written>(INVENTORY_SCHEMA);

/** What the schema cannot say: one entry a provider, one a Node, and labels that are labels. */
function problems(file: string, { value, lineAt }: DataDocument<Written>): InputError['problems'] {
  const seen = new Set<string>();
  const twice = (what: string, path: string) => {
    const found = seen.has(what)
      ? [{ file, line: lineAt(path), path, message: `${what} is listed twice` }]
      : [];
    seen.add(what);
    return found;
  };
  return value.providers.flatMap(({ id, virtualNodes }, i) => [
    ...twice(`the provider '${id}'`, `/providers/${i}`),
    ...virtualNodes.flatMap(({ name, labels = {}, createNode = true }, j) => {
      const path = `/providers/${i}/virtualNodes/${j}`;
      const wrong = Object.entries(labels).flatMap(([key, value]) => {
        const problem = labelKeyProblem(key) ?? labelValueProblem(value);
        const at = `${path}/labels`;
        return problem === undefined
          ? []
          : [{ file, line: lineAt(at), path: at, message: `the label '${key}: ${value}' ${problem}` }];
      });
      // VirtualNodes live in namespaces, so two can share a name; Nodes do not, so at most one of them has a Node.
      return [...(createNode ? twice(`the virtual node '${name}'`, path) : []), ...wrong];
    }),
  ]);
}

const toProvider = ({
  id,
  virtualNodes,
  acceptedMappingStrategies,
}: Written['providers'][number]): Provider => ({
  id,
  ...(acceptedMappingStrategies !== undefined && { acceptedMappingStrategies }),
  virtualNodes: virtualNodes.map(({ name, labels = {}, createNode = true }) => ({
    name,
    labels,
    createNode,
  })),
});

/**
 * Reads an inventory; an empty file is none.
 * @throws InputError with everything that is wrong, each with its line and JSON path
 */
export function parseInventory(file: string, content: string): Inventory | undefined {
  const [document, second] = readData(file, content, WRITTEN);
  if (second !== undefined)
    throw new InputError({
      file,
      line: second.lineAt(''),
      message: 'an inventory must be a single document',
    });
  if (document === undefined) return undefined;
  const wrong = problems(file, document);
  if (wrong.length > 0) throw new InputError(wrong);
  return { complete: document.value.complete ?? false, providers: document.value.providers.map(toProvider) };
}

const HEADER = `# The labels that clusterSelectors are matched against, as observed in the cluster. Written by
#   ${KUBECTL} | npx cdk8s-liqo import -
# which keeps acceptedMappingStrategies, and \`complete\` while nothing is missing, and rewrites the rest. Labels that
# every virtual node has are left out.
`;
const COMPLETE = `# \`complete: true\` claims that no other provider exists, so that the judge may conclude from this list that a narrower
# selector loses no cluster. Set it once the list is of the whole cluster, and import again with every new peering.
`;

/** An inventory as {@link INVENTORY} holds it: what parseInventory reads back as the same, with the comments that it needs. */
export function inventoryText({ complete, providers }: Inventory): string {
  const body = {
    complete,
    providers: providers.map(({ id, acceptedMappingStrategies, virtualNodes }) => ({
      id,
      acceptedMappingStrategies,
      virtualNodes: virtualNodes.map(({ name, labels, createNode }) => ({
        name,
        createNode: createNode ? undefined : false,
        labels: Object.keys(labels).length === 0 ? undefined : labels,
      })),
    })),
  };
  return HEADER + COMPLETE + writeManifest(body);
}

/**
 * An inventory with the providers that are live now: what somebody decided of it, and of those that stay, is kept. That it is
 * complete is taken back where a list that lacks something may have been given: a provider is gone, or the list is `partial`.
 */
export function renewed(
  present: Inventory | undefined,
  { providers, partial }: Pick<Live, 'providers' | 'partial'>,
): Inventory {
  const accepted = new Map(present?.providers.map((one) => [one.id, one.acceptedMappingStrategies]));
  const live = new Set(providers.map(({ id }) => id));
  const whole = !partial && present?.providers.every(({ id }) => live.has(id)) === true;
  return {
    complete: present?.complete === true && whole,
    providers: providers.map((one) => {
      const acceptedMappingStrategies = accepted.get(one.id);
      return acceptedMappingStrategies === undefined ? one : { ...one, acceptedMappingStrategies };
    }),
  };
}
