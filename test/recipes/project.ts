// The project of the recipes: a namespace on two clusters, of which a pull request takes one away.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIGS, PROJECT, type Files } from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';

const shop = (selector: string): string =>
  `import { defineNamespace } from 'cdk8s-liqo';\n\nexport default defineNamespace({\n  name: 'shop',\n  offloading: {\n    clusterSelector: ['${selector}'],\n  },\n});\n`;

export const FILES: Files = {
  ...CONFIGS,
  [SHOP]: shop('topology.liqo.io/region in (center,south)'),
  'config/inventory.yaml': readFileSync(join(PROJECT, 'config/inventory.yaml')),
};

/** florence is in the center. */
export const NARROWED: Files = { [SHOP]: shop('topology.liqo.io/region=south') };

export const APPROVED: Files = {
  'config/approvals/plat-123.yaml':
    '- { namespace: shop, rule: clusters-deselected, clusters: [florence], reason: PLAT-123 moved }\n',
};

/** A change that harms nobody. */
export const HARMLESS: Files = {
  'config/namespaces/demo/news.ts':
    "import { defineNamespace } from 'cdk8s-liqo';\nexport default defineNamespace({ name: 'news' });\n",
};

/** A change that offloads one more namespace. */
export const OFFLOADED: Files = {
  'config/namespaces/demo/mail.ts':
    "import { defineNamespace } from 'cdk8s-liqo';\nexport default defineNamespace({ name: 'mail', offloading: {} });\n",
};
