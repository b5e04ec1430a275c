import { isAnother } from '../../../lib/manifests/engines/repository-url';

const OURS = 'git@git.example.org:team/platform.git';

test.each([
  ['https://git.example.org/team/platform', false],
  ['ssh://git@git.example.org:2222/team/platform.git/', false],
  ['https://user:token@GIT.example.org/Team/Platform.git', false],
  ['https://git.example.org/fork/platform.git', false],
  ['https://mirror.example.com/platform', false],
  ['https://mirror.example.com/team/renamed', false],
  ['https://git.example.org/team/other.git', true],
  ['https://github.com/argoproj/argocd-example-apps', true],
  ['/srv/git/other.git', false],
  ['{{url}}', false],
  ['', false],
])('%s is certainly another repository: %s', (url, expected) => {
  expect(isAnother(url, [OURS])).toBe(expected);
  expect(isAnother(url, [])).toBe(false);
  expect(isAnother(url, ['/srv/git/platform.git'])).toBe(false);
});

test('a repository may have two names', () => {
  expect(isAnother('https://git.example.org/team/other', [OURS, 'https://git.example.org/team/other'])).toBe(
    false,
  );
});
