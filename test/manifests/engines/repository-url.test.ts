import { Repository } from '../../../lib/manifests/git';
import { ownerOf } from '../../../lib/manifests/engines/repository-url';
import { git, repository } from '../../scratch';

const OURS = 'git@git.example.org:team/platform.git';

test.each([
  ['https://git.example.org/team/platform', 'ours'],
  ['ssh://git@git.example.org:2222/team/platform.git/', 'ours'],
  ['https://user:token@GIT.example.org/Team/Platform.git', 'ours'],
  ['https://git.example.org/fork/platform.git', 'ours'],
  ['https://mirror.example.com/platform', 'ours'],
  ['https://mirror.example.com/team/renamed', 'perhaps'],
  ['https://git.example.org/team/other.git', 'perhaps'],
  ['https://git.example.org/me/platform-fork', 'perhaps'],
  ['https://dev.azure.com/x/y/_git/z', 'another'],
  ['https://git.example.org/scm/git/other', 'another'],
  ['https://github.com/argoproj/argocd-example-apps', 'another'],
  ['/srv/git/other.git', 'ours'],
  ['{{url}}', 'ours'],
  ['', 'ours'],
])('%s is %s', (url, expected) => {
  expect(ownerOf(url, [OURS])).toBe(expected);
  expect(ownerOf(url, [])).toBe('ours');
  expect(ownerOf(url, ['/srv/git/platform.git'])).toBe('ours');
});

test('a repository may have several names: those of all remotes, and as git rewrites them', () => {
  const root = repository({ a: '' });
  git(root, 'remote', 'add', 'origin', 'https://git.example.org/me/fork.git');
  git(root, 'remote', 'add', 'upstream', 'short:platform');
  git(root, 'config', 'url.https://git.example.org/team/.insteadOf', 'short:');
  const urls = Repository.around(root)?.urls() ?? [];
  expect(urls).toEqual(expect.arrayContaining(['https://git.example.org/team/platform', 'short:platform']));
  expect(ownerOf(OURS, urls)).toBe('ours');
  expect(ownerOf('https://git.example.org/me/fork', urls)).toBe('ours');
  expect(ownerOf('https://git.example.org/x/fork.git', ['https://git.example.org/me/other'])).toBe('another');
});
