import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isLinkPassedOver } from '../../lib/manifests/engines/steering-files';
import { listFiles } from '../../lib/manifests/folder';
import { isManifestFile } from '../../lib/manifests/read';
import { folder } from '../scratch';

test.each([
  ['README.md', '../README.md', true],
  ['a.yaml', '../README.md', false],
  ['more', '../other', false],
  ['gone', 'nowhere', true],
  ['gone.yaml', 'nowhere.yaml', true],
  ['gone.json', '/nowhere/a.json', false],
  ['kustomization.yaml', 'nowhere.yaml', false],
])('a link %s to %s is passed over: %s', (name, target, passes) => {
  const root = folder({ 'deploy/b.yaml': '', 'README.md': 'x', 'other/a.yaml': '' });
  symlinkSync(target, join(root, 'deploy', name));
  const read = () => listFiles(join(root, 'deploy'), isManifestFile, isLinkPassedOver);
  if (passes) expect(read()).toEqual(['b.yaml']);
  else expect(read).toThrow(/symbolic link/);
});
